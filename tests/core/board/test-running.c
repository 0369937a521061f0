/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "board/running.h"

#include <string.h>

static const char *
shown (const char *text)
{
  return text != NULL ? text : "-";
}

static void
test_running_answers (void **state)
{
  static const struct {
    const char *name;
    const char *answer;
    const char *wanted; /* name, version, text, build, machine; or NULL for none */
  } cases[] = {
    { "a release",
      "name micropython\r\nversion (1, 29, 0, '')\r\ntext 3.4.0; MicroPython v1.29.0 on "
      "2026-08-24\r\n"
      "build PYBV11-DP\r\nmachine PYBv1.1 with STM32F405RG\r\n",
      "micropython|1.29.0|v1.29.0 on 2026-08-24|PYBV11-DP|PYBv1.1 with STM32F405RG" },
    { "a preview",
      "name micropython\nversion (1, 30, 0, 'preview')\n"
      "text 3.4.0; MicroPython v1.30.0-preview.12.g0123456789 on 2026-10-01\nbuild PYBV11\nmachine "
      "M\n",
      "micropython|1.30.0-preview|v1.30.0-preview.12.g0123456789 on 2026-10-01|PYBV11|M" },
    { "old firmware has a shorter tuple and no build",
      "name micropython\r\nversion (1, 11, 0)\r\ntext 3.4.0\r\nbuild \r\nmachine PYBv1.1 with "
      "STM32F405RG\r\n",
      "micropython|1.11.0|-|-|PYBv1.1 with STM32F405RG" },
    { "another Python", "name circuitpython\nversion (9, 1, 4)\n", "circuitpython|9.1.4|-|-|-" },
    { "the program's own lines between",
      "hello\nname micropython\nversions 3\nversion (1, 2, 3, '')\n",
      "micropython|1.2.3|-|-|-" },
    { "the first of two counts",
      "name a\nname b\nversion (1, 2, 3)\nversion (4, 5, 6)\n",
      "a|1.2.3|-|-|-" },
    { "a value that cannot be shown is none",
      "name micropython\nversion (1, 2, 3)\nmachine \x01\xFF\n",
      "micropython|1.2.3|-|-|-" },
    { "nothing", "", NULL },
    { "no version", "name micropython\nmachine M\n", NULL },
    { "a version of words", "name micropython\nversion (a, b, c)\n", NULL },
    { "a version of too many digits", "name micropython\nversion (123456, 2, 3)\n", NULL },
    { "a version that does not end", "name micropython\nversion (1, 2, 3, 'x\n", NULL },
    { "a version in pieces", "name micropython\nversion (1, 2\n", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpRunning)
        running = jmp_running_parse (cases[i].answer, strlen (cases[i].answer), &error);
    g_autofree char *found = NULL;

    if (running != NULL)
      found = g_strjoin ("|",
                         running->name,
                         running->version,
                         shown (running->description),
                         shown (running->build),
                         shown (running->machine),
                         NULL);
    else
      assert_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, NULL);
    if (g_strcmp0 (found, cases[i].wanted) != 0)
      fail_msg ("%s: %s", cases[i].name, shown (found));
  }
}

static void
test_running_looks_at_so_much_only (void **state)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autoptr (GError) error = NULL;

  while (text->len < JMP_RUNNING_MAX_ANSWER)
    g_string_append (text, "a long story without an end\n");
  g_string_append (text, "name micropython\nversion (1, 2, 3)\n");
  assert_null (jmp_running_parse (text->str, text->len, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_PROTOCOL, NULL);
}

static void
test_running_copy (void **state)
{
  static const char text[] = "name micropython\nversion (1, 2, 3)\nbuild B\n";
  g_autoptr (JmpRunning) running = jmp_running_parse (text, strlen (text), NULL);
  g_autoptr (JmpRunning) copy = jmp_running_copy (running);

  assert_string_equal (copy->version, "1.2.3");
  assert_string_equal (copy->build, "B");
  assert_null (copy->machine);
}

/* What is sent binds no name of the program's and opens nothing. */
static void
test_running_code_leaves_no_trace (void **state)
{
  static const char *const banned[] = { "open(", "import ", "=sys", "exec", "del ", "\t", "\x04" };

  for (guint i = 0; i < G_N_ELEMENTS (banned); i++)
    assert_null (strstr (jmp_running_code (), banned[i]));
}

static void
test_running_ids_of_the_catalogue (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpCatalogue) catalogue = jmp_catalogue_new_built_in (&error);
  g_autoptr (JmpRunningIds) ids = NULL;

  assert_no_error (error);
  ids = jmp_running_ids_from_catalogue (catalogue);
  for (guint16 pid = 0x9800; pid <= 0x980A; pid++)
    assert_true (jmp_running_ids_contains (ids, 0xF055, pid));
  assert_true (jmp_running_ids_contains (ids, 0x2341, 0x0566));
  assert_false (jmp_running_ids_contains (ids, 0x0483, 0xDF11));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_running_answers),
    cmocka_unit_test (test_running_looks_at_so_much_only),
    cmocka_unit_test (test_running_copy),
    cmocka_unit_test (test_running_code_leaves_no_trace),
    cmocka_unit_test (test_running_ids_of_the_catalogue),
  };

  return cmocka_run_group_tests_name ("core/board/running", tests, NULL, NULL);
}
