# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by build: how each library of the list "sources" is built for Windows. A recipe runs with
# $src (its unpacked source), $work (an empty folder) and $prefix (where it goes), and stops at the
# first failure. $cross holds the files that tell Meson, CMake and configure about the compiler.

# shellcheck disable=SC2154,SC2164 # the variables are those of build; a recipe stops at a cd that fails

host=x86_64-w64-mingw32

# What recipes have in common, and what is part of every stamp.
write_cross_files() {
  mkdir -p "$cross" "$prefix/include" "$prefix/lib/pkgconfig" "$prefix/bin"
  cp "/usr/$host/lib/libwinpthread-1.dll" "$prefix/bin/"
  cat >"$cross/pkg-config" <<END
#!/bin/sh
unset PKG_CONFIG_PATH PKG_CONFIG_SYSROOT_DIR
PKG_CONFIG_LIBDIR=$prefix/lib/pkgconfig:$prefix/share/pkgconfig exec /usr/bin/pkg-config "\$@"
END
  chmod +x "$cross/pkg-config"
  cat >"$cross/windows.ini" <<END
[binaries]
c = '$host-gcc-posix'
cpp = '$host-g++-posix'
ar = '$host-gcc-ar-posix'
strip = '$host-strip'
windres = '$host-windres'
dlltool = '$host-dlltool'
pkgconfig = '$cross/pkg-config'
glib-compile-resources = '/usr/bin/glib-compile-resources'
glib-compile-schemas = '/usr/bin/glib-compile-schemas'
glib-mkenums = '/usr/bin/glib-mkenums'
glib-genmarshal = '/usr/bin/glib-genmarshal'
gdbus-codegen = '/usr/bin/gdbus-codegen'
[built-in options]
c_args = ['-I$prefix/include']
cpp_args = ['-I$prefix/include']
c_link_args = ['-L$prefix/lib', '-static-libgcc']
cpp_link_args = ['-L$prefix/lib', '-static-libgcc', '-static-libstdc++']
[properties]
needs_exe_wrapper = true
[host_machine]
system = 'windows'
cpu_family = 'x86_64'
cpu = 'x86_64'
endian = 'little'
END
  cat >"$cross/windows.cmake" <<END
set(CMAKE_SYSTEM_NAME Windows)
set(CMAKE_SYSTEM_PROCESSOR x86_64)
set(CMAKE_C_COMPILER $host-gcc-posix)
set(CMAKE_CXX_COMPILER $host-g++-posix)
set(CMAKE_RC_COMPILER $host-windres)
set(CMAKE_FIND_ROOT_PATH $prefix)
set(CMAKE_FIND_ROOT_PATH_MODE_PROGRAM NEVER)
set(CMAKE_FIND_ROOT_PATH_MODE_LIBRARY ONLY)
set(CMAKE_FIND_ROOT_PATH_MODE_INCLUDE ONLY)
set(CMAKE_SHARED_LINKER_FLAGS "-static-libgcc")
END
}

with_meson() {
  meson setup "$work" "$src" --cross-file "$cross/windows.ini" --prefix "$prefix" --libdir lib \
    --buildtype plain -Doptimization=2 -Ddebug=false --default-library shared --wrap-mode nodownload "$@"
  ninja -C "$work" -j"$jobs"
  ninja -C "$work" install
}

# An absolute libdir: libjpeg-turbo takes a relative one for its own.
with_cmake() {
  cmake -G Ninja -S "$src" -B "$work" -DCMAKE_TOOLCHAIN_FILE="$cross/windows.cmake" \
    -DCMAKE_BUILD_TYPE=Release -DCMAKE_INSTALL_PREFIX="$prefix" -DCMAKE_INSTALL_LIBDIR="$prefix/lib" \
    -DBUILD_SHARED_LIBS=ON "$@"
  ninja -C "$work" -j"$jobs"
  ninja -C "$work" install
}

# with_configure [FOLDER/]configure OPTIONS…; what make is told besides stands in the array "targets".
with_configure() {
  local configure=$1
  shift
  cd "$work"
  env CC=$host-gcc-posix CXX=$host-g++-posix AR=$host-ar RC=$host-windres WINDRES=$host-windres \
    PKG_CONFIG="$cross/pkg-config" CPPFLAGS="-I$prefix/include" CFLAGS=-O2 CXXFLAGS=-O2 \
    LDFLAGS="-L$prefix/lib -static-libgcc" \
    "$src/$configure" --host=$host --prefix="$prefix" --libdir="$prefix/lib" \
    --enable-shared --disable-static "$@"
  make -j"$jobs" "${targets[@]}"
  make "${targets[@]}" install
}

# Debian's source is without its files for Windows; all that they would do is this.
build_zlib() {
  cd "$src"
  "$host-gcc-posix" -O2 -static-libgcc -shared -o "$prefix/bin/zlib1.dll" \
    -Wl,--out-implib,"$prefix/lib/libz.dll.a" adler32.c compress.c crc32.c deflate.c gz*.c inf*.c trees.c uncompr.c zutil.c
  install -m 644 -t "$prefix/include" zlib.h zconf.h
  sed -e "s,@prefix@,$prefix," -e "s,@exec_prefix@,$prefix," -e "s,@libdir@,$prefix/lib," \
    -e "s,@sharedlibdir@,$prefix/lib," -e "s,@includedir@,$prefix/include," -e "s,@VERSION@,1.2.13," \
    zlib.pc.in >"$prefix/lib/pkgconfig/zlib.pc"
}

build_libffi() { with_configure configure --disable-multi-os-directory --disable-docs; }

build_pcre2() {
  with_cmake -DPCRE2_BUILD_PCRE2GREP=OFF -DPCRE2_BUILD_TESTS=OFF -DPCRE2_SUPPORT_JIT=ON -DBUILD_STATIC_LIBS=OFF
}

# Only libintl.
build_gettext() {
  targets=(-C intl)
  with_configure gettext-runtime/configure --enable-threads=windows --disable-java --disable-native-java \
    --disable-csharp --disable-openmp --disable-libasprintf --disable-curses --without-emacs
}

build_glib2.0() {
  with_meson -Dtests=false -Dinstalled_tests=false -Dman=false -Dgtk_doc=false -Dnls=enabled -Dglib_debug=disabled
}

build_libpng1.6() { with_cmake -DPNG_TESTS=OFF -DPNG_STATIC=OFF; }

build_libjpeg-turbo() { with_cmake -DENABLE_SHARED=ON -DENABLE_STATIC=OFF -DWITH_TURBOJPEG=OFF; }

build_tiff() {
  with_cmake -Dtiff-tools=OFF -Dtiff-tests=OFF -Dtiff-contrib=OFF -Dtiff-docs=OFF -Dtiff-cxx=OFF -Dlzma=OFF \
    -Dzstd=OFF -Dwebp=OFF -Djbig=OFF -Dlerc=OFF -Dlibdeflate=OFF -Dopengl=OFF
}

build_pixman() { with_meson -Dtests=disabled -Dgtk=disabled -Dlibpng=disabled -Dopenmp=disabled; }

build_freetype() {
  with_meson -Dharfbuzz=disabled -Dbrotli=disabled -Dbzip2=disabled -Dpng=enabled -Dzlib=system
}

build_fribidi() { with_meson -Ddocs=false; }

# mingw-w64 has no __memcpy_chk, which its configure asks for; nothing is to be generated again. GTK's
# printing wants PDF.
build_cairo() {
  sed -i s/-Wp,-D_FORTIFY_SOURCE=2// "$src/configure"
  targets=(ACLOCAL=: AUTOCONF=: AUTOMAKE=: AUTOHEADER=:)
  with_configure configure --enable-win32=yes --enable-win32-font=yes --enable-ft=yes --enable-fc=no \
    --enable-png=yes --enable-gobject=yes --enable-xlib=no --enable-xcb=no --enable-script=no --enable-ps=no \
    --enable-svg=no --enable-pdf=yes --enable-interpreter=no --enable-gtk-doc=no --enable-trace=no \
    --enable-full-testing=no
}

# Without its programs and its subsetter, which take longer to link than all the rest takes to compile.
build_harfbuzz() {
  sed -i "/^subdir('util')/d" "$src/meson.build"
  sed -i -e "/^libharfbuzz_subset = library/,/^)/s/install: true/build_by_default: false/" \
    -e "/^pkgmod.generate(libharfbuzz_subset/,/^)/d" "$src/src/meson.build"
  with_meson -Dtests=disabled -Ddocs=disabled -Dbenchmark=disabled -Dicu=disabled -Dglib=enabled \
    -Dgobject=disabled -Dintrospection=disabled -Dfreetype=enabled -Dcairo=disabled -Dgdi=enabled \
    -Ddirectwrite=disabled
}

build_pango1.0() {
  with_meson -Dintrospection=disabled -Dgtk_doc=false -Dinstall-tests=false -Dfontconfig=disabled \
    -Dfreetype=disabled -Dlibthai=disabled -Dxft=disabled -Dsysprof=disabled -Dcairo=enabled
}

build_gdk-pixbuf() {
  with_meson -Dintrospection=disabled -Dgtk_doc=false -Ddocs=false -Dman=false -Dtests=false \
    -Dinstalled_tests=false -Dbuiltin_loaders=all -Dgio_sniffing=false -Drelocatable=true
}

build_graphene() { with_meson -Dintrospection=disabled -Dtests=false -Dinstalled_tests=false -Dgobject_types=true; }

build_libepoxy() { with_meson -Dtests=false -Ddocs=false -Dglx=no -Dx11=false -Degl=no; }

build_gtk4() {
  with_meson -Dintrospection=disabled -Dmedia-gstreamer=disabled -Dmedia-ffmpeg=disabled -Dprint-cups=disabled \
    -Dvulkan=disabled -Dbuild-tests=false -Dbuild-examples=false -Ddemos=false -Dinstall-tests=false \
    -Dgtk_doc=false -Dman-pages=false -Dcolord=disabled -Dcloudproviders=disabled -Dtracker=disabled \
    -Dsysprof=disabled -Dx11-backend=false -Dwayland-backend=false -Dwin32-backend=true
}

build_libadwaita-1() { with_meson -Dintrospection=disabled -Dvapi=false -Dgtk_doc=false -Dtests=false -Dexamples=false; }

build_libusb-1.0() { with_configure configure; }

build_libserialport() { with_configure configure; }

# Windows' own TLS, with the certificates that the computer trusts; nothing but http and https; no command.
build_curl() {
  sed -i 's/^SUBDIRS = lib src$/SUBDIRS = lib/' "$src/Makefile.in"
  with_configure configure --with-schannel --without-zlib --without-brotli --without-zstd --without-nghttp2 \
    --without-libidn2 --without-libpsl --without-librtmp --without-libssh2 --disable-ldap --disable-ldaps \
    --disable-manual --disable-ftp --disable-file --disable-telnet --disable-tftp --disable-dict \
    --disable-gopher --disable-imap --disable-pop3 --disable-smtp --disable-rtsp --disable-smb --disable-mqtt
}

# It asks for a Meson later than Debian 12's, and uses nothing of it.
build_json-glib() {
  sed -i "s/meson_version *: *'>= *1.2.0'/meson_version: '>= 1.0.0'/" "$src/meson.build"
  with_meson -Dintrospection=disabled -Dtests=false -Dnls=disabled -Dman=false -Ddocumentation=disabled
}

# Only for packaging/windows/test.
build_cmocka() { with_cmake -DWITH_EXAMPLES=OFF -DUNIT_TESTING=OFF; }

# Drawings, not libraries: unpacked is all.
build_adwaita-icon-theme() { :; }
build_hicolor-icon-theme() { :; }
