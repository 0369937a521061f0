/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The file for macOS on any system, with a dyld and a gettext of the test's own. */

#include "assert-text.h"

#include "config.h"
#include "words/words-locale.h"

#include <glib/gstdio.h>
#include <libintl.h>
#include <mach-o/dyld.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static char *program; /* where dyld says that it stands */
static char *bound;   /* the folder with the translations */
static char *base;    /* of the test's own */

int
_NSGetExecutablePath (char *path, uint32_t *size)
{
  const gsize needed = strlen (program) + 1;

  if (path == NULL || *size < needed) {
    *size = (uint32_t)needed;
    return -1;
  }
  memcpy (path, program, needed);
  return 0;
}

/* libintl's, which is in the C library here. */
char *
bindtextdomain (const char *domain, const char *folder)
{
  g_free (bound);
  bound = g_strdup (folder);
  return bound;
}

static void
start (const char *path)
{
  g_free (program);
  program = g_strdup (path);
  g_unsetenv ("XDG_DATA_DIRS");
  g_unsetenv ("GDK_PIXBUF_MODULE_FILE");
  jmp_words_set_language ();
}

static int
clear (void **state)
{
  const char *const arguments[] = { "rm", "-rf", base, NULL };

  g_spawn_sync (
      NULL, (char **)arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL);
  g_clear_pointer (&base, g_free);
  g_clear_pointer (&program, g_free);
  g_clear_pointer (&bound, g_free);
  return 0;
}

/* A program in that folder of the test's own. */
static char *
make_program (const char *folder)
{
  g_autofree char *made = g_dir_make_tmp ("jumper-words-XXXXXX", NULL);
  g_autofree char *place = NULL;
  char *path;

  base = realpath (made, NULL);
  place = g_build_filename (base, folder, NULL);
  path = g_build_filename (place, "jumper", NULL);
  assert_int_equal (g_mkdir_with_parents (place, 0700), 0);
  assert_true (g_file_set_contents (path, "", -1, NULL));
  return path;
}

static void
test_words_locale_in_a_bundle (void **state)
{
  g_autofree char *path = make_program ("Żółw 1/Jumper.app/Contents/MacOS");
  g_autofree char *resources = g_build_filename (
      base, "Żółw 1/Jumper.app/Contents/Resources", NULL);
  g_autofree char *locale = g_build_filename (resources, "share/locale", NULL);
  g_autofree char *dirs = g_strconcat (resources, "/share:/usr/local/share:/usr/share", NULL);
  g_autofree char *loaders = g_build_filename (resources, "lib/gdk-pixbuf/loaders.cache", NULL);
  g_autofree char *link = g_build_filename (base, "jumperctl", NULL);

  start (path);
  assert_string_equal (bound, locale);
  assert_string_equal (g_getenv ("XDG_DATA_DIRS"), dirs);
  assert_string_equal (g_getenv ("GDK_PIXBUF_MODULE_FILE"), loaders);

  /* a link that leads there, as from /usr/local/bin */
  assert_int_equal (symlink (path, link), 0);
  start (link);
  assert_string_equal (bound, locale);
}

static void
test_words_locale_keeps_what_was_said (void **state)
{
  g_autofree char *path = make_program ("Jumper.app/Contents/MacOS");
  g_autofree char *dirs = g_strconcat (
      base, "/Jumper.app/Contents/Resources/share:/elsewhere", NULL);

  start (path);
  g_setenv ("XDG_DATA_DIRS", "/elsewhere", TRUE);
  jmp_words_set_language ();
  assert_string_equal (g_getenv ("XDG_DATA_DIRS"), dirs);
}

static void
test_words_locale_without_a_bundle (void **state)
{
  g_autofree char *path = make_program ("bin");

  start (path);
  assert_string_equal (bound, JMP_LOCALE_DIR);
  assert_null (g_getenv ("XDG_DATA_DIRS"));
  assert_null (g_getenv ("GDK_PIXBUF_MODULE_FILE"));

  /* a program that has gone meanwhile */
  start ("/no/where/Jumper.app/Contents/MacOS/jumper");
  assert_string_equal (bound, JMP_LOCALE_DIR);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test_teardown (test_words_locale_in_a_bundle, clear),
    cmocka_unit_test_teardown (test_words_locale_keeps_what_was_said, clear),
    cmocka_unit_test_teardown (test_words_locale_without_a_bundle, clear),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
