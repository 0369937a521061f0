/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "dfu/dfuse.h"
#include "dfu/option-bytes.h"
#include "virtual/virtual-usb.h"

typedef struct {
  const char *name;
  const char *kind;    /* of virtual board */
  const char *changes; /* "OFFSET=BYTE …" from what it was delivered with */
  const char *expected;
} Case;

#define F4_AS_DELIVERED "BOR_LEV=3 WDG_SW=1 nRST_STOP=1 nRST_STDBY=1"

static const Case cases[] = {
  { "F4 as delivered", "pyboard", "", "STM32F2/F4 level 0: " F4_AS_DELIVERED "\n" },
  { "F4, any other byte is level 1",
    "pyboard",
    "1=0x00",
    "STM32F2/F4 level 1: " F4_AS_DELIVERED "\n" },
  { "F4, level 2", "pyboard", "1=0xCC", "STM32F2/F4 level 2: " F4_AS_DELIVERED "\n" },
  { "F4, hardware watchdog, brown-out at level 3",
    "pyboard",
    "0=0xC1",
    "STM32F2/F4 level 0: BOR_LEV=0 WDG_SW=0 nRST_STOP=1 nRST_STDBY=1\n" },
  { "F4, sectors 0, 1 and 11 write-protected",
    "pyboard",
    "8=0xFC 9=0xF7",
    "STM32F2/F4 level 0: " F4_AS_DELIVERED "\n0x08000000 +0x8000\n0x080e0000 +0x20000\n" },
  { "F7: bits of sectors that it does not have mean nothing",
    "f767",
    "8=0x7F 9=0xC0",
    "STM32F7 level 0: BOR_LEV=3 IWDG_SW=1 nRST_STOP=1 nRST_STDBY=1 WWDG_SW=1 IWDG_STDBY=1 "
    "IWDG_STOP=1 BOOT_ADD0=128 BOOT_ADD1=64\n0x080c0000 +0x40000\n" },
  { "H7",
    "nucleo-h743",
    "0x1C=0xFE 3=0x9B",
    "STM32H7 level 0: BOR_LEV=0 IWDG1_SW=1 nRST_STOP_D1=1 nRST_STDBY_D1=1 FZ_IWDG_STOP=1 "
    "FZ_IWDG_SDBY=1 SECURITY=0 SWAP_BANK_OPT=1 BOOT_ADD0=2048 BOOT_ADD1=8176\n"
    "0x08000000 +0x20000\n" },
  { "L4: pages 2 to 4, and one range that ends before it begins",
    "l432",
    "0x18=2 0x1A=4 3=0xF7",
    "STM32L4/G4 level 0: BOR_LEV=0 nRST_STOP=1 nRST_STDBY=1 nRST_SHDW=1 IWDG_SW=1 IWDG_STOP=1 "
    "IWDG_STDBY=1 WWDG_SW=1 nBOOT1=1 nSWBOOT0=1 nBOOT0=0\n0x08001000 +0x1800\n" },
  { "F0: the first 4 KiB, and all from block 31 on",
    "f072",
    "8=0xFE 14=0x7F",
    "STM32F0/F1/F3 level 0: WDG_SW=1 nRST_STOP=1 nRST_STDBY=1 nBOOT1=1\n"
    "0x08000000 +0x1000\n0x0801f000 +0x1000\n" },
  { "F1 has another key",
    "f072",
    "0=0xA5",
    "STM32F0/F1/F3 level 0: WDG_SW=1 nRST_STOP=1 nRST_STDBY=1 nBOOT1=1\n" },
  { "WB is not known", "wb55", "", "not known\n" },
  { "a copy by another maker is not known", "gd32", "", "not known\n" },
  { "another copy", "at32", "", "not known\n" },
};

static JmpDfuInfo *
read_info (JmpVirtualBoard *board)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpUsb) usb = jmp_virtual_usb_open (board, &error);
  JmpDfuInfo *info = jmp_dfu_info_read (usb, NULL, &error);

  assert_no_error (error);
  return info;
}

static JmpDfu *
open_board (JmpVirtualBoard *board, JmpDfuInfo *info)
{
  g_autoptr (GError) error = NULL;
  JmpUsb *usb = jmp_virtual_usb_open (board, &error);
  JmpDfu *dfu = jmp_dfu_open (usb, info, &error);

  assert_no_error (error);
  return dfu;
}

/* What the board's option bytes are, but for @changes. */
static GBytes *
take_bytes (JmpVirtualBoard *board, const char *changes)
{
  g_auto (GStrv) words = g_strsplit (changes, " ", -1);
  JmpLayout *layout = jmp_virtual_board_get_layout (board, 1);
  guint8 *data;
  JmpSector first;

  assert_true (jmp_layout_get_sector (layout, 0, &first));
  data = g_malloc (first.size);
  assert_true (jmp_virtual_board_peek (board, 1, first.address, data, first.size));
  for (guint i = 0; words[i] != NULL && words[i][0] != '\0'; i++) {
    char *value = strchr (words[i], '=');

    data[g_ascii_strtoull (words[i], NULL, 0)] = (guint8)g_ascii_strtoull (value + 1, NULL, 0);
  }
  return g_bytes_new_take (data, first.size);
}

static char *
describe (const JmpOptionBytes *options)
{
  GString *text = g_string_new (NULL);

  if (options == NULL)
    return g_string_free (g_string_append (text, "not known\n"), FALSE);
  g_string_append_printf (text, "%s level %u:", options->family, options->level - JMP_RDP_LEVEL_0);
  for (guint i = 0; i < options->options->len; i++) {
    const JmpOption *option = &g_array_index (options->options, JmpOption, i);

    g_string_append_printf (text, " %s=%u", option->name, option->value);
  }
  g_string_append_c (text, '\n');
  for (guint i = 0; i < options->write_protected->len; i++) {
    const JmpOptionRange *range = &g_array_index (options->write_protected, JmpOptionRange, i);

    g_string_append_printf (text, "0x%08x +0x%x\n", range->address, range->length);
  }
  return g_string_free (text, FALSE);
}

static void
test_option_bytes_decode (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case *c = &cases[i];
    g_autofree char *spec = g_strdup_printf ("%s,speed=0", c->kind);
    g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (spec, NULL);
    g_autoptr (JmpDfuInfo) info = read_info (board);
    g_autoptr (GBytes) bytes = take_bytes (board, c->changes);
    g_autoptr (JmpOptionBytes) options = jmp_option_bytes_decode (info, bytes);
    g_autofree char *text = describe (options);

    print_message ("  %s\n", c->name);
    assert_lines_equal (text, c->expected);
  }
}

/* Fewer bytes than there should be, down to none. */
static void
test_option_bytes_cut_short (void **state)
{
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new ("pyboard,speed=0", NULL);
  g_autoptr (JmpDfuInfo) info = read_info (board);
  g_autoptr (GBytes) bytes = take_bytes (board, "");

  for (gsize size = 0; size < 16; size++) {
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (bytes, 0, size);

    assert_null (jmp_option_bytes_decode (info, part));
  }
}

typedef struct {
  const char *name;
  const char *kind;
  const char *changes;
  guint32 offset;
  gsize size;
  const char *problem; /* NULL: allowed */
} WriteCase;

static const WriteCase write_cases[] = {
  { "all of them", "pyboard", "0=0xE9", 0, 16, NULL },
  { "level 1", "pyboard", "1=0x55", 0, 16, NULL },
  { "level 2", "pyboard", "1=0xCC", 0, 16, "level 2" },
  { "not from the first on", "pyboard", "", 8, 8, "first byte" },
  { "not as far as the level", "pyboard", "", 0, 1, "first byte" },
  { "level 2 of another family", "l432", "0=0xCC", 0, 40, "level 2" },
  { "an unknown family", "wb55", "", 0, 128, "not known" },
  { "level 2 of a chip with two banks", "f427", "1=0xCC", 0, 16, "level 2" },
  { "a copy", "gd32", "", 0, 16, "not known" },
};

static void
test_option_bytes_check_write (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (write_cases); i++) {
    const WriteCase *c = &write_cases[i];
    g_autoptr (GError) error = NULL;
    g_autofree char *spec = g_strdup_printf ("%s,speed=0", c->kind);
    g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (spec, NULL);
    g_autoptr (JmpDfuInfo) info = read_info (board);
    g_autoptr (GBytes) all = take_bytes (board, c->changes);
    g_autoptr (GBytes) bytes = g_bytes_new_from_bytes (all, c->offset, c->size);
    JmpSector first;

    print_message ("  %s\n", c->name);
    assert_true (jmp_layout_get_sector (jmp_virtual_board_get_layout (board, 1), 0, &first));
    assert_int_equal (jmp_option_bytes_check_write (info, first.address + c->offset, bytes, &error),
                      c->problem == NULL);
    if (c->problem != NULL)
      assert_error (error, JMP_ERROR, JMP_ERROR_REFUSED, c->problem);
  }
}

/* The zone of the second bank has no level of read protection. */
static void
test_option_bytes_check_write_second_zone (void **state)
{
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new ("f427,speed=0", NULL);
  g_autoptr (JmpDfuInfo) info = read_info (board);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("\xCC\xCC\xCC\xCC", 4);
  g_autoptr (GError) error = NULL;

  assert_true (jmp_option_bytes_check_write (info, 0x1FFEC000, bytes, &error));
  assert_no_error (error);
  assert_false (jmp_option_bytes_check_write (info, 0x1FFEC008, bytes, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_REFUSED, "first byte");
}

typedef struct {
  const char *name;
  const char *spec;
  JmpProtectionState state;
  const char *family; /* NULL: none */
} ReadCase;

static const ReadCase read_cases[] = {
  { "open", "pyboard,speed=0", JMP_PROTECTION_OPEN, "STM32F2/F4" },
  { "protected", "pyboard,speed=0,rdp=1", JMP_PROTECTION_READ, NULL },
  { "protected, new generation", "nucleo-h743,speed=0,rdp=1", JMP_PROTECTION_READ, NULL },
  { "protected, without option bytes", "g0,speed=0,rdp=1", JMP_PROTECTION_READ, NULL },
  { "a layout that is not known", "wb55,speed=0", JMP_PROTECTION_OPEN, NULL },
  { "without option bytes", "mboot,speed=0", JMP_PROTECTION_OPEN, NULL },
  { "short blocks", "l432,speed=0", JMP_PROTECTION_OPEN, "STM32L4/G4" },
  { "plain DFU", "dapboot,speed=0", JMP_PROTECTION_UNKNOWN, NULL },
};

static void
test_option_bytes_read_protection (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (read_cases); i++) {
    const ReadCase *c = &read_cases[i];
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (c->spec, NULL);
    g_autoptr (JmpDfuInfo) info = read_info (board);
    g_autoptr (JmpDfu) dfu = open_board (board, info);
    g_auto (JmpProtection) protection = { 0 };
    g_auto (GStrv) violations = NULL;

    print_message ("  %s\n", c->name);
    assert_true (jmp_protection_read (dfu, &protection, NULL, &error));
    assert_no_error (error);
    assert_int_equal (protection.state, c->state);
    assert_int_equal (protection.options != NULL, c->family != NULL);
    if (c->family != NULL)
      assert_string_equal (protection.options->family, c->family);
    violations = jmp_virtual_board_get_violations (board);
    assert_null (violations[0]);
  }
}

/* The board erases itself, restarts, and can be read again. */
static void
check_unprotect (const char *kind)
{
  g_autofree char *spec = g_strdup_printf ("%s,speed=0,rdp=1", kind);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new (spec, NULL);
  g_autoptr (JmpDfuInfo) info = read_info (board);
  JmpDfu *dfu = open_board (board, info);
  g_auto (JmpProtection) protection = { 0 };
  const guint8 program = 0x42;
  guint8 byte = 0;

  print_message ("  %s\n", kind);
  assert_true (jmp_virtual_board_poke (board, 0, 0x08004000, &program, 1));
  assert_true (jmp_dfu_to_idle (dfu, NULL, &error));
  assert_true (jmp_dfu_select_alt (dfu, 0, NULL, &error));
  assert_true (jmp_dfuse_read_unprotect (dfu, NULL, &error));
  assert_no_error (error);
  jmp_dfu_free (dfu);
  assert_true (jmp_virtual_board_peek (board, 0, 0x08004000, &byte, 1));
  assert_int_equal (byte, 0xFF);
  dfu = open_board (board, info);
  assert_true (jmp_protection_read (dfu, &protection, NULL, &error));
  assert_int_equal (protection.state, JMP_PROTECTION_OPEN);
  assert_int_equal (protection.options->level, JMP_RDP_LEVEL_0);
  jmp_dfu_free (dfu);
}

static void
test_option_bytes_unprotect (void **state)
{
  static const char *const kinds[] = { "pyboard", "f072", "f411", "f767", "l432" };

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    check_unprotect (kinds[i]);
}

/* ST's open stack takes any command of one byte and does nothing. */
static void
test_option_bytes_unprotect_ignored (void **state)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpVirtualBoard) board = jmp_virtual_board_new ("nucleo-h743,speed=0,rdp=1", NULL);
  g_autoptr (JmpDfuInfo) info = read_info (board);
  g_autoptr (JmpDfu) dfu = open_board (board, info);

  assert_true (jmp_dfu_to_idle (dfu, NULL, &error));
  assert_true (jmp_dfu_select_alt (dfu, 0, NULL, &error));
  assert_false (jmp_dfuse_read_unprotect (dfu, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "did not restart");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_option_bytes_decode),
    cmocka_unit_test (test_option_bytes_cut_short),
    cmocka_unit_test (test_option_bytes_check_write),
    cmocka_unit_test (test_option_bytes_check_write_second_zone),
    cmocka_unit_test (test_option_bytes_read_protection),
    cmocka_unit_test (test_option_bytes_unprotect),
    cmocka_unit_test (test_option_bytes_unprotect_ignored),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
