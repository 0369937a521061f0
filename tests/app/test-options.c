/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "jumperctl/options.h"

/* A readable account of what was understood. */
static char *
describe (const CtlOptions *o)
{
  GString *text = g_string_new (NULL);

  for (char **d = o->devices; d != NULL && *d != NULL; d++)
    g_string_append_printf (text, "device %s\n", *d);
  for (char **f = o->files; f != NULL && *f != NULL; f++)
    g_string_append_printf (text, "file %s\n", *f);
  if (o->has_alt)
    g_string_append_printf (text, "alt %u\n", o->alt);
  if (o->has_address)
    g_string_append_printf (text, "address 0x%x\n", o->address);
  if (o->has_range)
    g_string_append_printf (
        text, "range 0x%x %" G_GUINT64_FORMAT "\n", o->range_address, o->range_length);
  if (o->backup != NULL)
    g_string_append_printf (text, "backup %s\n", o->backup);
  if (o->record != NULL)
    g_string_append_printf (text, "record %s\n", o->record);
  if (o->board != NULL)
    g_string_append_printf (text, "board %s\n", o->board);
  for (char **name = o->overwrite; name != NULL && *name != NULL; name++)
    g_string_append_printf (text, "overwrite %s\n", *name);
  if (o->has_family)
    g_string_append_printf (text, "family 0x%08x\n", o->family);
  if (o->wait)
    g_string_append_printf (text, "wait %.1f\n", o->wait_seconds);
  if (o->json != CTL_JSON_OFF)
    g_string_append_printf (text, "json %s\n", o->json == CTL_JSON_LINES ? "lines" : "object");
  if (o->preserve != JMP_PRESERVE_AUTO)
    g_string_append_printf (
        text, "preserve %s\n", o->preserve == JMP_PRESERVE_ALWAYS ? "always" : "never");
  g_string_append_printf (text,
                          "flags%s%s%s%s%s%s%s\n",
                          o->all ? " all" : "",
                          o->full ? " full" : "",
                          o->yes ? " yes" : "",
                          o->no_verify ? " no-verify" : "",
                          o->no_leave ? " no-leave" : "",
                          o->dry_run ? " dry-run" : "",
                          o->help ? " help" : "");
  return g_string_free (text, FALSE);
}

static gboolean
parse (CtlOptions *options, const char *line, GError **error)
{
  g_auto (GStrv) words = g_strsplit (line, " ", -1);

  return ctl_options_parse (
      options, ctl_command_find (words[0]), (const char *const *)words + 1, error);
}

static void
test_options_are_understood (void **state)
{
  static const struct {
    const char *name;
    const char *expected;
  } rows[] = {
    { "list", "flags\n" },
    { "list --json", "json object\nflags\n" },
    { "list --json=lines", "json lines\nflags\n" },
    { "list --wait", "wait -1.0\nflags\n" },
    { "list --wait=5 --json", "wait 5.0\njson object\nflags\n" },
    { "list --wait --json", "wait -1.0\njson object\nflags\n" },
    { "list --help", "flags help\n" },
    { "flash --help", "flags help\n" },
    { "flash --json a.dfu", "file a.dfu\njson object\nflags\n" },
    { "flash -- --json", "file --json\nflags\n" },
    { "flash a b -d path:1-1 --device=serial:x -y --all",
      "device path:1-1\ndevice serial:x\nfile a\nfile b\nflags all yes\n" },
    { "flash a --alt 2 --address 0x08000000 --full --no-verify --no-leave --dry-run",
      "file a\nalt 2\naddress 0x8000000\nflags full no-verify no-leave dry-run\n" },
    { "flash a --backup b.dfu --record r --yes", "file a\nbackup b.dfu\nrecord r\nflags yes\n" },
    { "flash a --preserve=always", "file a\npreserve always\nflags\n" },
    { "flash a --preserve never --wait", "file a\nwait -1.0\npreserve never\nflags\n" },
    { "flash a --preserve=auto --wait=2.5", "file a\nwait 2.5\nflags\n" },
    { "flash a --board PYBV11 --overwrite keys --overwrite=otp --family stm32f4",
      "file a\nboard PYBV11\noverwrite keys\noverwrite otp\nfamily 0x57755a57\nflags\n" },
    { "erase --all --overwrite x --backup b.dfu", "backup b.dfu\noverwrite x\nflags all\n" },
    { "inspect a --family 0x5ee21072", "file a\nfamily 0x5ee21072\nflags\n" },
    { "unprotect --overwrite everything", "overwrite everything\nflags\n" },
    { "leave --wait=3", "wait 3.0\nflags\n" },
    { "backup a --range 0x08004000:112K", "file a\nrange 0x8004000 114688\nflags\n" },
    { "erase --all --yes", "flags all yes\n" },
    { "leave --address 0x08020000", "address 0x8020000\nflags\n" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = NULL;
    CtlOptions options;

    print_message ("%s\n", rows[i].name);
    parse (&options, rows[i].name, &error);
    assert_no_error (error);
    text = describe (&options);
    assert_lines_equal (text, rows[i].expected);
    ctl_options_clear (&options);
  }
}

static void
test_options_that_make_no_sense (void **state)
{
  static const struct {
    const char *name;
    const char *part;
  } rows[] = {
    { "list --nonsense", "--nonsense" },
    { "flash a --family toaster", "toaster" },
    { "flash a --family 0x100000000", "0x100000000" },
    { "unprotect --yes", "--yes" },
    { "backup a --overwrite keys", "--overwrite" },
    { "list -d path:1-1", "-d" },
    { "list extra", "extra" },
    { "list --wait=-1", "--wait=-1" },
    { "list --wait=nan", "--wait=nan" },
    { "list --wait=", "--wait=" },
    { "list --json=xml", "--json=xml" },
    { "list --json=", "--json=" },
    { "flash", "file" },
    { "flash a --yes=no", "--yes=no" },
    { "flash a --preserve", "--preserve" },
    { "flash a --preserve=some", "--preserve=some" },
    { "verify a --preserve=auto", "--preserve" },
    { "info --wait", "--wait" },
    { "flash a --dry-run=no", "--dry-run=no" },
    { "flash a --range 1:2", "--range" },
    { "flash a --alt 256", "--alt" },
    { "flash a --alt", "--alt" },
    { "verify a b", "b" },
    { "erase a", "a" },
    { "info --yes", "--yes" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    CtlOptions options;

    print_message ("%s\n", rows[i].name);
    assert_false (parse (&options, rows[i].name, &error));
    assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, rows[i].part);
    ctl_options_clear (&options);
  }
}

static void
test_options_help_shows_what_a_command_takes (void **state)
{
  for (const CtlCommand *const *c = ctl_commands (); *c != NULL; c++) {
    g_autofree char *help = ctl_options_help (*c);

    assert_non_null (strstr (help, (*c)->name));
    assert_non_null (strstr (help, (*c)->summary));
    assert_non_null (strstr (help, "--json"));
    assert_null (strstr (help, "json-lines"));
    assert_null (strstr (help, "wait-seconds"));
    assert_int_equal (strstr (help, "--yes") != NULL, ((*c)->takes & CTL_TAKES_YES) != 0);
  }
}

static void
test_options_json_is_found_on_a_wrong_line (void **state)
{
  const char *const wrong[] = { "--nonsense", "--json", NULL };
  const char *const lines[] = { "--json=lines", "--json", NULL };
  const char *const file[] = { "--", "--json", NULL };

  assert_int_equal (ctl_options_find_json (wrong), CTL_JSON_OBJECT);
  assert_int_equal (ctl_options_find_json (lines), CTL_JSON_LINES);
  assert_int_equal (ctl_options_find_json (file), CTL_JSON_OFF);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_options_are_understood),
    cmocka_unit_test (test_options_that_make_no_sense),
    cmocka_unit_test (test_options_help_shows_what_a_command_takes),
    cmocka_unit_test (test_options_json_is_found_on_a_wrong_line),
  };

  return cmocka_run_group_tests_name ("app/options", tests, NULL, NULL);
}
