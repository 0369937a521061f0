# shellcheck shell=bash
# SPDX-FileCopyrightText: 2026 The Jumper developers
# SPDX-License-Identifier: GPL-3.0-or-later
#
# Sourced by build: makes the folder that runs anywhere, the zip and the installer. bin/, share/ and
# lib/ stay beside each other: GTK, GLib and gdk-pixbuf look for share/ from the folder of their DLLs.

# shellcheck disable=SC2154 # the variables are those of build

symbolic_sizes=(16 32 64 128)
icon_sizes=(16 24 32 48 64 128 256)

# copy_libraries FILE FOLDER: the DLLs that a program or DLL imports, and theirs, as far as they are ours
copy_libraries() {
  local wanted where
  while read -r wanted; do
    [ ! -e "$2/$wanted" ] || continue
    for where in "$prefix/bin" "/usr/$host/lib" "$runtime"; do
      if [ -e "$where/$wanted" ]; then
        cp "$where/$wanted" "$2/"
        copy_libraries "$where/$wanted" "$2"
        break
      fi
    done
  done < <("$host-objdump" -p "$1" | sed -n 's/.*DLL Name: //p')
}

copy_programs() {
  local bundle=$1 program
  runtime=$(dirname "$("$host-gcc-posix" -print-file-name=libgcc_s_seh-1.dll)")
  mkdir -p "$bundle/bin"
  cp "$dest"/stage/jumper/bin/*.exe "$bundle/bin/"
  # gdbus carries what a second start tells the first; GLib starts programs through gspawn.
  cp "$prefix"/bin/{gdbus,gspawn-win64-helper,gspawn-win64-helper-console}.exe "$bundle/bin/"
  for program in "$bundle"/bin/*.exe; do copy_libraries "$program" "$bundle/bin"; done
  "$host-strip" --strip-unneeded --enable-deterministic-archives "$bundle"/bin/*
}

# encode_icon SVG FOLDER: as the pictures that GTK recolours; kept in the cache for the next time
encode_icon() {
  local svg=$1 name size kept
  name=$(basename "$svg" .svg)
  for size in "${symbolic_sizes[@]}"; do
    kept=$cache/icons/$size/$name.symbolic.png
    if [ ! -e "$kept" ] || [ "$svg" -nt "$kept" ]; then
      mkdir -p "$cache/icons/$size"
      gtk4-encode-symbolic-svg -o "$cache/icons/$size" "$svg" "${size}x$size" || fail "$svg cannot be drawn"
    fi
    install -D -m 644 -t "$2/${size}x$size/actions" "$kept"
  done
}

# The toolkit's own icons, ours, and those of Adwaita that the sources name.
copy_symbolic_icons() {
  local icons=$1 svg name
  while read -r svg; do encode_icon "$svg" "$icons"; done < <(
    find "$cache/src/gtk4/gtk/icons/scalable" "$cache/src/libadwaita-1/src/icons/scalable" ui data/icons \
      -name '*-symbolic.svg')
  while read -r name; do
    [ ! -e "$icons/16x16/actions/$name.symbolic.png" ] || continue
    svg=$(find "$cache/src/adwaita-icon-theme/usr/share/icons/Adwaita" -name "$name.svg" | sort | head -n 1)
    [ -z "$svg" ] || encode_icon "$svg" "$icons"
  done < <(grep -rhoE '[a-z0-9-]+-symbolic' ui --include='*.c' --include='*.h' --include='*.ui' | sort -u)
}

copy_icons() {
  local icons=$1/share/icons/hicolor size
  install -D -m 644 -t "$icons" "$cache/src/hicolor-icon-theme/usr/share/icons/hicolor/index.theme"
  copy_symbolic_icons "$icons"
  for size in "${icon_sizes[@]}"; do
    mkdir -p "$icons/${size}x$size/apps"
    rsvg-convert -w "$size" -h "$size" -o "$icons/${size}x$size/apps/io.github.dfujumper.Jumper.png" \
      data/icons/hicolor/scalable/apps/io.github.dfujumper.Jumper.svg
  done
  "$here/render-drawings" data/drawings "$1/share/jumper/drawings"
}

# The practice firmware, and the driver package, which is of use once jumper.cat signs it.
copy_data() {
  mkdir -p "$1/share"
  cp -r "$dest/stage/jumper/share/jumper" "$1/share/"
  [ ! -e data/windows/jumper.cat ] || install -m 644 -t "$1/share/jumper/driver" data/windows/jumper.cat
}

copy_settings() {
  local schemas=$1/share/glib-2.0/schemas
  mkdir -p "$schemas"
  cp "$prefix"/share/glib-2.0/schemas/org.gtk.gtk4.*.xml data/*.gschema.xml "$schemas/"
  glib-compile-schemas --strict "$schemas"
  rm "$schemas"/*.xml
}

# Ours, and what the toolkit says in the same languages.
copy_translations() {
  local language domain file
  while read -r language; do
    install -D -m 644 -t "$1/share/locale/$language/LC_MESSAGES" \
      "$dest/stage/jumper/share/locale/$language/LC_MESSAGES/jumper.mo"
    for domain in gtk40 libadwaita glib20; do
      file=$prefix/share/locale/$language/LC_MESSAGES/$domain.mo
      [ ! -e "$file" ] || install -m 644 -t "$1/share/locale/$language/LC_MESSAGES" "$file"
    done
  done < <(grep -v '^#' po/LINGUAS)
}

# licence_files LIBRARY: of gettext only libintl is inside
licence_files() {
  local source=$cache/src/$1
  case $1 in
  gettext) echo "$source/gettext-runtime/intl/COPYING.LIB" ;;
  *)
    find "$source" -maxdepth 1 -type f \
      \( -name 'COPYING*' -o -name 'LICEN[CS]E*' -o -name COPYRIGHT -o -name README.ijg \) \
      ! -name '*BUILDTOOLS*' ! -name '*.cmake*'
    find "$source"/{LICENSES,docs/FTL.TXT,usr/share/doc} -type f \
      \( -name '*.txt' -o -name '*.TXT' -o -name copyright \) 2>/dev/null || true
    ;;
  esac
}

# The licences of everything that is inside, and where its source is.
copy_licences() {
  local library licences=$1/licenses found
  mkdir -p "$licences"
  cp LICENSES/*.txt "$licences/"
  for library in $(libraries | grep -v cmocka); do
    mapfile -t found < <(licence_files "$library")
    [ "${#found[@]}" -gt 0 ] || fail "no licence found for $library"
    install -D -m 644 -t "$licences/$library" "${found[@]}"
  done
  install -D -m 644 /usr/share/doc/mingw-w64-common/copyright "$licences/mingw-w64/copyright"
  install -D -m 644 /usr/share/doc/gcc-mingw-w64-base/copyright "$licences/gcc/copyright"
  cp "$here/sources" "$licences/SOURCES.txt"
}

# make_bundle FOLDER
make_bundle() {
  say "Making the folder"
  rm -rf "$1"
  copy_programs "$1"
  copy_data "$1"
  copy_icons "$1"
  copy_settings "$1"
  copy_translations "$1"
  copy_licences "$1"
  sed -e 1,3d -e "s/@VERSION@/$version/" -e 's/$/\r/' "$here/README.txt.in" >"$1/README.txt"
  find "$1" -exec touch --no-dereference --date="@$SOURCE_DATE_EPOCH" {} +
  find "$1" -type f -exec chmod 644 {} +
}

# make_zip NAME: in a fixed order, without what differs from one day or person to the next
make_zip() {
  rm -f "$dest/$1.zip"
  (cd "$dest" && find "$1" -type f | LC_ALL=C sort | TZ=UTC zip -9 -X -q -@ "$1.zip")
}

make_installer() {
  local driver=()
  say "Making the installer"
  find "$dest/$name" -type f -printf '%P\n' | LC_ALL=C sort >"$dest/files"
  find "$dest/$name" -mindepth 1 -type d -printf '%P\n' | LC_ALL=C sort -r >"$dest/folders"
  # shellcheck disable=SC2016 # NSIS's variable
  {
    sed -e 's,/,\\,g' -e 's,.*,  Delete "$INSTDIR\\&",' "$dest/files"
    sed -e 's,/,\\,g' -e 's,.*,  RMDir "$INSTDIR\\&",' "$dest/folders"
  } >"$dest/remove.nsh"
  [ ! -e "$dest/$name/share/jumper/driver/jumper.cat" ] || driver=(-DDRIVER)
  makensis -V2 -WX -NOCD -DVERSION="$version" -DBUNDLE="$dest/$name" -DREMOVE="$dest/remove.nsh" \
    -DICON="$dest/build/data/windows/jumper.ico" -DOUT="$dest/$name-setup.exe" "${driver[@]}" "$here/jumper.nsi" >&2
  rm "$dest/files" "$dest/folders" "$dest/remove.nsh"
}

# What the licences of the libraries want to lie beside the zip.
make_source_archive() {
  local packed
  say "Packing the sources of the libraries"
  mapfile -t packed < <(files | cut -d' ' -f1)
  tar -cf "$dest/$name-sources.tar" --sort=name --owner=0 --group=0 --mtime="@$SOURCE_DATE_EPOCH" \
    -C "$here" sources stack.sh build -C "$cache/sources" \
    "${packed[@]}"
}
