/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/bytes.h"
#include "base/error.h"
#include "board/fit-report.h"

static int
load (void **state)
{
  *state = jmp_parts_new_built_in (NULL);
  return *state == NULL ? -1 : 0;
}

static int
unload (void **state)
{
  jmp_parts_unref (*state);
  return 0;
}

/* @size 0 ends the list. */
typedef struct {
  guint8 alt;
  guint32 address;
  guint32 size;
} Range;

/* The first range begins with a vector table, unless @stack is 0. */
static JmpImage *
make_image (const Range *ranges, guint32 stack, guint32 reset, const JmpImageHints *hints)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_ELF);

  for (guint i = 0; ranges[i].size != 0; i++) {
    guint8 *data = g_malloc0 (ranges[i].size);
    g_autoptr (GBytes) bytes = g_bytes_new_take (data, ranges[i].size);

    if (i == 0 && stack != 0) {
      jmp_put_u32 (data, stack);
      jmp_put_u32 (data + 4, reset);
    }
    jmp_image_builder_add (builder, ranges[i].alt, ranges[i].address, bytes, NULL);
  }
  if (hints != NULL)
    jmp_image_builder_set_hints (builder, hints);
  return jmp_image_builder_end (g_steal_pointer (&builder), NULL);
}

/* MicroPython's firmware for a board with 256 KiB of flash, tried on a Blue Pill. */
static const Range blue_pill[] = {
  { 0, 0x08000000, 0x3A54 },
  { 0, 0x08004000, 0x3BF98 },
  { 0, 0x0803FF98, 0x68 },
  { 0 },
};

static char *
report_text (const JmpFitReport *report)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "%s %s past=%u missing=%" G_GUINT64_FORMAT " used=%" G_GUINT64_FORMAT
                          " of %" G_GUINT64_FORMAT " touched=%" G_GUINT64_FORMAT
                          " stack=%s entry=%s abi=%s ram=%u",
                          report->name,
                          report->fits ? "fits" : "does not fit",
                          report->past,
                          report->missing,
                          report->used,
                          report->memory_size,
                          report->touched,
                          jmp_fit_answer_to_string (report->stack),
                          jmp_fit_answer_to_string (report->entry),
                          jmp_fit_answer_to_string (report->abi),
                          report->least_ram);
  for (guint i = 0; i < report->takers->len; i++)
    g_string_append_printf (
        text, "%s%s", i == 0 ? "\ntakers: " : " ", (char *)report->takers->pdata[i]);
  return g_string_free (text, FALSE);
}

static JmpFitReport *
check (JmpParts *parts, const char *name, JmpImage *image)
{
  return jmp_fit_check_part (image, parts, jmp_parts_lookup (parts, name, NULL));
}

static void
test_fit_report_blue_pill (void **state)
{
  static const struct {
    const char *part;
    const char *text;
    const char *error;
  } cases[] = {
    { "STM32F103C8T6",
      "STM32F103C8 does not fit past=196608 missing=196608 used=260692 of 65536 touched=64512 "
      "stack=yes entry=yes abi=unknown ram=20480\n"
      "takers: STM32F103RC STM32F103VC STM32F103ZC STM32F103RD STM32F103VD STM32F103ZD "
      "STM32F103RE STM32F103VE STM32F103ZE STM32F103RF STM32F103VF STM32F103ZF STM32F103RG "
      "STM32F103VG STM32F103ZG",
      "it ends 196608 bytes past the end of the flash of STM32F103C8" },
    { "STM32F103CB",
      "STM32F103CB does not fit past=131072 missing=131072 used=260692 of 131072 touched=130048 "
      "stack=yes entry=yes abi=unknown ram=20480\n"
      "takers: STM32F103RC STM32F103VC STM32F103ZC STM32F103RD STM32F103VD STM32F103ZD "
      "STM32F103RE STM32F103VE STM32F103ZE STM32F103RF STM32F103VF STM32F103ZF STM32F103RG "
      "STM32F103VG STM32F103ZG",
      "it ends 131072 bytes past the end of the flash of STM32F103CB" },
    { "STM32F103RC",
      "STM32F103RC fits past=0 missing=0 used=260692 of 262144 touched=262144 stack=yes entry=yes "
      "abi=unknown ram=20480",
      NULL },
  };
  g_autoptr (JmpImage) image = make_image (blue_pill, 0x20005000, 0x08004101, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpFitReport) report = check (*state, cases[i].part, image);
    g_autofree char *text = report_text (report);
    g_autoptr (GError) error = jmp_fit_report_to_error (report);

    assert_lines_equal (text, cases[i].text);
    if (cases[i].error != NULL)
      assert_error (error, JMP_ERROR, JMP_ERROR_DOES_NOT_FIT, cases[i].error);
    else
      assert_no_error (error);
  }
}

/* To the last byte of the last sector. */
static void
test_fit_report_last_byte (void **state)
{
  g_autoptr (JmpImage) image = make_image (blue_pill, 0x20005000, 0x08004101, NULL);
  g_autoptr (JmpFitReport) report = check (*state, "STM32F103RC", image);
  const JmpFitSector *last = &g_array_index (
      report->sectors, JmpFitSector, report->sectors->len - 1);
  const JmpFitSector *gap = &g_array_index (report->sectors, JmpFitSector, 7);

  assert_int_equal (report->sectors->len, 128);
  assert_int_equal (jmp_sector_end (&last->sector), 0x08040000);
  assert_int_equal (last->used, 2048);
  assert_int_equal (gap->sector.address, 0x08003800);
  assert_int_equal (gap->used, 0x254);
}

static const Range small[] = { { 0, 0x08000000, 0x400 }, { 0 } };
static const Range external[] = { { 0, 0x08000000, 0x400 }, { 0, 0x90000000, 0x100 }, { 0 } };
static const Range below[] = { { 0, 0x07FFFF00, 0x200 }, { 0 } };
static const Range alt_1[] = { { 0, 0x08000000, 0x400 }, { 1, 0x08000000, 0x10 }, { 0 } };

static const struct {
  const char *name;
  const char *part;
  const Range *ranges;
  guint32 stack;
  JmpImageHints hints;
  gboolean fits;
  int code;
  const char *error;
} answers[] = {
  { "nothing known", "STM32F103C8", small, 0, { 0 }, TRUE, 0, NULL },
  { "stack at the end of the RAM", "STM32F103C8", small, 0x20005000, { 0 }, TRUE, 0, NULL },
  { "stack past it",
    "STM32F103C8",
    small,
    0x20005004,
    { 0 },
    FALSE,
    JMP_ERROR_MISMATCH,
    "its stack begins at 0x20005004, where STM32F103C8 has no RAM" },
  { "stack across joined RAM", "STM32F405RG", small, 0x2001FFF8, { 0 }, TRUE, 0, NULL },
  { "stack in the core-coupled RAM", "STM32F405RG", small, 0x10010000, { 0 }, TRUE, 0, NULL },
  { "core-coupled RAM that is not there",
    "STM32F411CE",
    small,
    0x10010000,
    { 0 },
    FALSE,
    JMP_ERROR_MISMATCH,
    "no RAM" },
  { "AXI RAM", "STM32H743ZI", small, 0x24080000, { 0 }, TRUE, 0, NULL },
  { "F4 code on F4",
    "STM32F405RG",
    small,
    0,
    { .cpu_arch = JMP_ARM_ARCH_V7E_M, .hard_float = TRUE },
    TRUE,
    0,
    NULL },
  { "F4 code on F1",
    "STM32F103C8",
    small,
    0,
    { .cpu_arch = JMP_ARM_ARCH_V7E_M },
    FALSE,
    JMP_ERROR_MISMATCH,
    "built for a core that STM32F103C8 does not have" },
  { "M3 code on M0",
    "STM32F072CB",
    small,
    0,
    { .cpu_arch = JMP_ARM_ARCH_V7 },
    FALSE,
    JMP_ERROR_MISMATCH,
    "built for a core" },
  { "M0 code on M4", "STM32F405RG", small, 0, { .cpu_arch = JMP_ARM_ARCH_V6S_M }, TRUE, 0, NULL },
  { "M4 code on M33", "STM32H563ZI", small, 0, { .cpu_arch = JMP_ARM_ARCH_V7E_M }, TRUE, 0, NULL },
  { "M33 code on M4",
    "STM32F405RG",
    small,
    0,
    { .cpu_arch = JMP_ARM_ARCH_V8M_MAIN },
    FALSE,
    JMP_ERROR_MISMATCH,
    "built for a core" },
  { "an FPU that is not there",
    "STM32F103C8",
    small,
    0,
    { .hard_float = TRUE },
    FALSE,
    JMP_ERROR_MISMATCH,
    "it needs an FPU" },
  { "ARM code on RISC-V",
    "GD32VF103CBT6",
    small,
    0,
    { .cpu_arch = JMP_ARM_ARCH_V6S_M },
    FALSE,
    JMP_ERROR_MISMATCH,
    "built for a core" },
  { "start in the file",
    "STM32F103C8",
    small,
    0,
    { .has_entry = TRUE, .entry = 0x08000201 },
    TRUE,
    0,
    NULL },
  { "start elsewhere",
    "STM32F103C8",
    small,
    0,
    { .has_entry = TRUE, .entry = 0x08001001 },
    FALSE,
    JMP_ERROR_MISMATCH,
    "its start is not in the file" },
  { "UF2 for F4",
    "STM32F405RG",
    small,
    0,
    { .has_family = TRUE, .family = 0x57755A57 },
    TRUE,
    0,
    NULL },
  { "UF2 for F4, on F1",
    "STM32F103C8",
    small,
    0,
    { .has_family = TRUE, .family = 0x57755A57 },
    FALSE,
    JMP_ERROR_MISMATCH,
    "its UF2 family is that of other parts" },
  { "UF2 of a family that is not known",
    "STM32F103C8",
    small,
    0,
    { .has_family = TRUE, .family = 1 },
    TRUE,
    0,
    NULL },
  { "an external flash",
    "STM32F405RG",
    external,
    0,
    { 0 },
    FALSE,
    JMP_ERROR_DOES_NOT_FIT,
    "256 of 256 bytes at 0x90000000 (alt 0) have no memory" },
  { "below the flash",
    "STM32F405RG",
    below,
    0,
    { 0 },
    FALSE,
    JMP_ERROR_DOES_NOT_FIT,
    "256 of 512 bytes at 0x07FFFF00" },
  { "another alt setting",
    "STM32F405RG",
    alt_1,
    0,
    { 0 },
    FALSE,
    JMP_ERROR_DOES_NOT_FIT,
    "(alt 1) have no memory" },
};

static void
test_fit_report_answers (void **state)
{

  for (guint i = 0; i < G_N_ELEMENTS (answers); i++) {
    g_autoptr (JmpImage)
        image = make_image (answers[i].ranges, answers[i].stack, 0x08000201, &answers[i].hints);
    g_autoptr (JmpFitReport) report = check (*state, answers[i].part, image);
    g_autoptr (GError) error = jmp_fit_report_to_error (report);

    if (report->fits != answers[i].fits || (error == NULL) != answers[i].fits)
      fail_msg ("%s: %s", answers[i].name, report->fits ? "fits" : error->message);
    if (error != NULL)
      assert_error (error, JMP_ERROR, answers[i].code, answers[i].error);
  }
}

static void
test_fit_report_least_ram (void **state)
{
  static const struct {
    guint32 stack;
    guint32 least;
  } cases[] = {
    { 0x20005000, 20480 }, { 0x20018000, 98304 },  { 0x2001FFF8, 131064 },
    { 0x10010000, 65536 }, { 0x24080000, 524288 }, { 0x20000004, 4 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpImage) image = make_image (blue_pill, cases[i].stack, 0x08004101, NULL);
    g_autoptr (JmpFitReport) report = check (*state, "STM32F103RC", image);

    assert_int_equal (report->least_ram, cases[i].least);
  }
}

static void
test_fit_report_board (void **state)
{
  static const Range ranges[] = { { 0, 0x08000000, 0x400 }, { 0, 0x08004000, 0x100 }, { 0 } };
  JmpDfuAlt alt = { .alt = 0, .text = NULL };
  JmpDfuInfo info = { .product = (char *)"a board", .alts = g_ptr_array_new () };
  g_autoptr (JmpImage) image = make_image (ranges, 0x20005000, 0x08000201, NULL);
  static const struct {
    const char *map;
    const char *text;
  } cases[] = {
    { "@Flash /0x08000000/04*016Kg",
      "a board fits past=0 missing=0 used=1280 of 65536 touched=32768 stack=unknown entry=yes "
      "abi=unknown ram=20480" },
    { "@Flash /0x08000000/01*016Kg,03*016Ka",
      "a board does not fit past=0 missing=0 used=1280 of 65536 touched=32768 stack=unknown "
      "entry=yes abi=unknown ram=20480" },
    { "@Flash /0x08000000/01*016Kg",
      "a board does not fit past=256 missing=256 used=1280 of 16384 touched=16384 stack=unknown "
      "entry=yes abi=unknown ram=20480" },
    { NULL,
      "a board does not fit past=0 missing=1280 used=1280 of 0 touched=0 stack=unknown entry=yes "
      "abi=unknown ram=20480" },
  };

  g_ptr_array_add (info.alts, &alt);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpLayout) layout = cases[i].map != NULL ? jmp_layout_parse (cases[i].map, NULL)
                                                        : NULL;
    g_autoptr (JmpFitReport) report = NULL;
    g_autofree char *text = NULL;

    alt.layout = layout;
    report = jmp_fit_check_info (image, &info);
    text = report_text (report);
    assert_lines_equal (text, cases[i].text);
  }
  g_ptr_array_unref (info.alts);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_fit_report_blue_pill), cmocka_unit_test (test_fit_report_last_byte),
    cmocka_unit_test (test_fit_report_answers),   cmocka_unit_test (test_fit_report_least_ram),
    cmocka_unit_test (test_fit_report_board),
  };

  return cmocka_run_group_tests_name ("core/board/fit-report", tests, load, unload);
}
