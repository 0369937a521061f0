/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The virtual console against what MicroPython's documentation of the REPL says, byte by byte. */

#include "assert-text.h"
#include "base/error.h"
#include "virtual/repl.h"

#include <string.h>

#define BANNER  "MicroPython v1.29.0 on 2026-08-24; PYBv1.1 with STM32F405RG"
#define PREVIEW "MicroPython v1.30.0-preview.12.gabcdef123 on 2026-10-01; PYBv1.1 with STM32F405RG"
#define RAW     "raw REPL; CTRL-B to exit\r\n>"

static char *
take_all (JmpVirtualRepl *repl)
{
  GString *all = g_string_new (NULL);
  guint8 bytes[7]; /* in small pieces */
  gssize n;

  while ((n = jmp_virtual_repl_take (repl, bytes, sizeof bytes)) > 0)
    g_string_append_len (all, (const char *)bytes, n);
  return g_string_free (all, FALSE);
}

static char *
converse (JmpVirtualRepl *repl, const char *text)
{
  jmp_virtual_repl_put (repl, (const guint8 *)text, strlen (text));
  return take_all (repl);
}

static void
test_repl_dialogues (void **state)
{
  static const struct {
    const char *name;
    const char *host;
    const char *board;
  } cases[] = {
    { "a line is echoed and run", "print('hi')\r", "print('hi')\r\nhi\r\n>>> " },
    { "Ctrl-C gives a new prompt", "abc\x03", "abc\r\n>>> " },
    { "Ctrl-A", "\x01", RAW },
    { "Ctrl-A again", "\x01\x01", RAW RAW },
    { "Ctrl-B greets", "\x02", "\r\n" BANNER "\r\nType \"help()\" for more information.\r\n>>> " },
    { "raw: nothing is echoed", "\x01print('hi')\x04", RAW "OKhi\r\n\x04\x04>" },
    { "raw: trouble comes second",
      "\x01nonsense\x04",
      RAW "OK\x04Traceback (most recent call last):\r\n  File \"<stdin>\", line 1, in <module>\r\n"
          "NameError: name 'nonsense' isn't defined\r\n\x04>" },
    { "raw: Ctrl-C takes back", "\x01nonsense\x03print(1)\x04", RAW "OK1\r\n\x04\x04>" },
    { "raw: an empty Ctrl-D resets softly",
      "\x01\x04",
      RAW "OK\r\nMPY: sync filesystems\r\nMPY: soft reboot\r\n" RAW },
    { "paste mode",
      "\x05print(1)\x04",
      "\r\npaste mode; Ctrl-C to cancel, Ctrl-D to finish\r\n=== "
      "print(1)\r\n1\r\n>>> " },
    { "Ctrl-C leaves the paste mode",
      "\x05x\x03",
      "\r\npaste mode; Ctrl-C to cancel, Ctrl-D to "
      "finish\r\n=== x\r\n>>> " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpVirtualRepl) repl = jmp_virtual_repl_new (BANNER, "PYBV11");
    g_autofree char *said = converse (repl, cases[i].host);

    if (strcmp (said, cases[i].board) != 0)
      fail_msg ("%s: \"%s\"", cases[i].name, said);
  }
}

static void
test_repl_expressions (void **state)
{
  static const struct {
    const char *code;
    const char *banner;
    const char *printed;
  } cases[] = {
    { "import sys;print(sys.implementation.version)", BANNER, "(1, 29, 0, '')" },
    { "import sys;print(sys.implementation.version)", PREVIEW, "(1, 30, 0, 'preview')" },
    { "import sys;print(sys.implementation.name, sys.platform)", BANNER, "micropython pyboard" },
    { "import sys;print(sys.version)", BANNER, "3.4.0; MicroPython v1.29.0 on 2026-08-24" },
    { "import os;print(os.uname().release,os.uname().machine)",
      PREVIEW,
      "1.30.0-preview.12.gabcdef123 PYBv1.1 with STM32F405RG" },
    { "import os, sys\nprint(getattr(sys.implementation,'_build','none'))", BANNER, "PYBV11" },
    { "print(__import__('sys').implementation._machine)", BANNER, "PYBv1.1 with STM32F405RG" },
    { "print(''or'b')", BANNER, "b" },
    { "print('a'or nonsense())", BANNER, "a" },
    { "print(getattr(__import__('sys'),'x','') or 3)", BANNER, "3" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpVirtualRepl) repl = jmp_virtual_repl_new (cases[i].banner, "PYBV11");
    g_autofree char *code = g_strdup_printf ("\x01%s\x04", cases[i].code);
    g_autofree char *wanted = g_strdup_printf (RAW "OK%s\r\n\x04\x04>", cases[i].printed);
    g_autofree char *said = converse (repl, code);

    if (strcmp (said, wanted) != 0)
      fail_msg ("%s: \"%s\"", cases[i].code, said);
  }
}

static void
test_repl_knows_what_it_does_not_know (void **state)
{
  static const char *const codes[] = {
    "import nothing",
    "print(",
    "print('",
    "print(sys)",
    "import sys;print(sys.nothing)",
    "1 2",
    "getattr(1)",
    "'a'()",
    "x=1",
    "((((((((((((((((((((",
    "for",
  };

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++) {
    g_autoptr (JmpVirtualRepl) repl = jmp_virtual_repl_new (BANNER, NULL);
    g_autofree char *code = g_strdup_printf ("\x01%s\x04", codes[i]);
    g_autofree char *said = converse (repl, code);

    if (strstr (said, "\x04Traceback (most recent call last):") == NULL)
      fail_msg ("%s: \"%s\"", codes[i], said);
  }
}

static void
test_repl_firmware_is_what_stands_in_the_flash (void **state)
{
  static const char old[] = "MicroPython v1.11-47 on 2019-06-01; PYBv1.0 with STM32F405RG";
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new ("pyboard,speed=0,running=on", &error);
  g_autoptr (JmpVirtualRepl) repl = NULL;
  g_autofree char *build = NULL;
  g_autofree char *banner = NULL;
  g_autofree char *said = NULL;

  assert_no_error (error);
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_RUNNING);
  assert_true (jmp_virtual_board_poke (board, 0, 0x08010000, (const guint8 *)old, sizeof old));
  banner = jmp_virtual_board_get_banner (board, &build);
  assert_string_equal (banner, old);
  assert_null (build);
  repl = jmp_virtual_repl_open (board, &error);
  assert_no_error (error);
  said = converse (repl, "\x02");
  assert_non_null (strstr (said, old));
}

static void
test_repl_another_program_has_no_console (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new ("bluepill,speed=0,jumper=off", &error);
  g_autofree char *build = NULL;
  g_autofree char *banner = NULL;
  g_autoptr (JmpVirtualRepl) repl = NULL;

  assert_no_error (error);
  banner = jmp_virtual_board_get_banner (board, &build);
  assert_null (banner);
  repl = jmp_virtual_repl_open (board, &error);
  assert_null (repl);
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
}

static void
test_repl_boot_loader (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new ("pyboard,speed=0,running=on", &error);
  g_autoptr (JmpVirtualRepl) repl = jmp_virtual_repl_open (board, &error);
  g_autofree char *said = NULL;
  guint8 byte;

  assert_no_error (error);
  said = converse (repl, "\x01import machine,time;time.sleep_ms(100);machine.bootloader()\x04");
  assert_string_equal (said, RAW "OK");
  assert_int_equal (jmp_virtual_board_get_state (board), JMP_VIRTUAL_IN_DFU);
  assert_false (jmp_virtual_repl_put (repl, (const guint8 *)"x", 1));
  assert_int_equal (jmp_virtual_repl_take (repl, &byte, 1), -1);
}

static void
test_repl_goes_with_the_cable (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new ("pyboard,speed=0,running=on", &error);
  g_autoptr (JmpVirtualRepl) repl = jmp_virtual_repl_open (board, &error);
  guint8 byte;

  assert_no_error (error);
  jmp_virtual_board_unplug (board);
  assert_int_equal (jmp_virtual_repl_take (repl, &byte, 1), -1);
}

static void
test_repl_running_in_the_spec (void **state)
{
  static const struct {
    const char *spec;
    JmpVirtualState at_first;
    JmpVirtualState replugged;
  } cases[] = {
    { "pyboard,speed=0,running=on", JMP_VIRTUAL_RUNNING, JMP_VIRTUAL_RUNNING },
    { "pyboard,speed=0,running=on,jumper=on", JMP_VIRTUAL_RUNNING, JMP_VIRTUAL_IN_DFU },
    { "pyboard,speed=0,jumper=off", JMP_VIRTUAL_IN_DFU, JMP_VIRTUAL_RUNNING },
  };
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (cases[i].spec, &error);

    assert_no_error (error);
    assert_int_equal (jmp_virtual_board_get_state (board), cases[i].at_first);
    jmp_virtual_board_unplug (board);
    jmp_virtual_board_plug (board);
    assert_int_equal (jmp_virtual_board_get_state (board), cases[i].replugged);
  }
  assert_null (jmp_virtual_board_new ("pyboard,running=off", &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_USAGE, "running=off is not on");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_repl_dialogues),
    cmocka_unit_test (test_repl_expressions),
    cmocka_unit_test (test_repl_knows_what_it_does_not_know),
    cmocka_unit_test (test_repl_firmware_is_what_stands_in_the_flash),
    cmocka_unit_test (test_repl_another_program_has_no_console),
    cmocka_unit_test (test_repl_boot_loader),
    cmocka_unit_test (test_repl_goes_with_the_cable),
    cmocka_unit_test (test_repl_running_in_the_spec),
  };

  return cmocka_run_group_tests_name ("core/virtual/repl", tests, NULL, NULL);
}
