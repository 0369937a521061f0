/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "map-kit.h"
#include "map/map-span.h"

static const JmpMapName names[] = {
  { .alt = 0, .address = 0x08004000, .length = 0x1C000, .name = "PYBFLASH" },
  { .alt = 0, .address = 0x08020000, .length = 0xE0000, .name = "Code" },
};

static void
append_fate (GString *text, JmpSectorFate fate)
{
  g_string_append (text, fate & JMP_FATE_ERASED ? "E" : "-");
  g_string_append (text, fate & JMP_FATE_WRITTEN ? "W" : "-");
  g_string_append (text, fate & JMP_FATE_VERIFIED ? "V" : "-");
  g_string_append (text, fate & JMP_FATE_READ ? "R" : "-");
}

/* "ADDRESS COUNTxSIZE at FIRST[ FATE TOUCHED/COUNT IMAGE][ NAME]", a line for each span. */
static char *
spans_to_string (GArray *spans)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < spans->len; i++) {
    const JmpMapSpan *span = &g_array_index (spans, JmpMapSpan, i);

    g_string_append_printf (
        text, "%08X %ux%u at %u", span->address, span->count, span->sector_size, span->first);
    if (span->fate != 0) {
      g_string_append_c (text, ' ');
      append_fate (text, span->fate);
      g_string_append_printf (
          text, " %u/%u %" G_GUINT64_FORMAT, span->touched, span->count, span->image_bytes);
    }
    if (span->name >= 0)
      g_string_append_printf (text, " %s", names[span->name].name);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

static GArray *
spans_of (const char *layout, const char *image, gboolean named)
{
  const char *const layouts[] = { layout, NULL };
  g_autoptr (JmpDfuInfo) info = kit_info_new (layouts);
  const JmpDfuAlt *alt = jmp_dfu_info_find_alt (info, 0);
  JmpMapSpanInput input = { .alt = 0, .layout = alt->layout };
  g_autoptr (JmpPlan) plan = image != NULL ? kit_flash_new (info, image) : NULL;

  if (plan != NULL)
    input.sectors = jmp_plan_get_sectors (plan, &input.n_sectors);
  if (named) {
    input.names = names;
    input.n_names = G_N_ELEMENTS (names);
  }
  return jmp_map_spans_new (&input);
}

static void
test_span_few_sectors_stand_alone (void **state)
{
  g_autoptr (GArray)
      spans = spans_of (kit_pyboard[0], "0 0x08000000 15000; 0 0x08020000 326000", TRUE);
  g_autofree char *text = spans_to_string (spans);

  assert_lines_equal (text,
                      "08000000 1x16384 at 0 EWV- 1/1 15000\n"
                      "08004000 1x16384 at 1 PYBFLASH\n"
                      "08008000 1x16384 at 2 PYBFLASH\n"
                      "0800C000 1x16384 at 3 PYBFLASH\n"
                      "08010000 1x65536 at 4 PYBFLASH\n"
                      "08020000 1x131072 at 5 EWV- 1/1 131072 Code\n"
                      "08040000 1x131072 at 6 EWV- 1/1 131072 Code\n"
                      "08060000 1x131072 at 7 EWV- 1/1 63856 Code\n"
                      "08080000 1x131072 at 8 Code\n"
                      "080A0000 1x131072 at 9 Code\n"
                      "080C0000 1x131072 at 10 Code\n"
                      "080E0000 1x131072 at 11 Code\n");
}

static void
test_span_pages_split_where_fate_changes (void **state)
{
  g_autoptr (GArray) spans = spans_of (kit_f072[0], "0 0x08000000 91857", FALSE);
  g_autofree char *text = spans_to_string (spans);

  assert_lines_equal (text,
                      "08000000 4x2048 at 0 EWV- 4/4 8192\n"
                      "08002000 4x2048 at 4 EWV- 4/4 8192\n"
                      "08004000 4x2048 at 8 EWV- 4/4 8192\n"
                      "08006000 4x2048 at 12 EWV- 4/4 8192\n"
                      "08008000 4x2048 at 16 EWV- 4/4 8192\n"
                      "0800A000 4x2048 at 20 EWV- 4/4 8192\n"
                      "0800C000 4x2048 at 24 EWV- 4/4 8192\n"
                      "0800E000 4x2048 at 28 EWV- 4/4 8192\n"
                      "08010000 4x2048 at 32 EWV- 4/4 8192\n"
                      "08012000 4x2048 at 36 EWV- 4/4 8192\n"
                      "08014000 4x2048 at 40 EWV- 4/4 8192\n"
                      "08016000 1x2048 at 44 EWV- 1/1 1745\n"
                      "08016800 3x2048 at 45\n"
                      "08018000 4x2048 at 48\n"
                      "0801A000 4x2048 at 52\n"
                      "0801C000 4x2048 at 56\n"
                      "0801E000 4x2048 at 60\n");
}

static void
test_span_zones_are_sorted_by_address (void **state)
{
  g_autoptr (GArray) spans = spans_of (kit_overlap[0], NULL, FALSE);
  g_autofree char *text = spans_to_string (spans);

  assert_lines_equal (text,
                      "0000E000 1x8192 at 4\n"
                      "0000F000 1x100 at 0\n"
                      "0000F064 1x100 at 1\n"
                      "0000F0C8 1x100 at 2\n"
                      "0000F12C 1x100 at 3\n"
                      "00010000 1x8192 at 5\n"
                      "00012000 1x8192 at 6\n"
                      "00080000 1x24576 at 7\n"
                      "00086000 1x24576 at 8\n");
}

static void
test_span_number_is_limited (void **state)
{
  static const struct {
    const char *name;
    const char *layout;
    guint n;
  } cases[] = {
    { "H743", "@Internal Flash   /0x08000000/16*128Kg", 16 },
    { "F42x", "@F /0x08000000/04*016Kg,01*064Kg,07*128Kg,04*016Kg,01*064Kg,07*128Kg", 24 },
    { "Spark Core flash", "@F /0x08000000/20*001Ka,108*001Kg", 20 + 14 },
    { "512 pages", "@SPI Flash : SST25x/0x00000000/512*04Kg", 16 },
    { "AT32", "@F /0x08000000/08*04Ka,1000*04Kg", 8 + 16 },
    { "PYBD",
      "@F /0x08000000/04*016Kg,01*064Kg,07*128Kg/0x80000000/64*32Kg/0x90000000/64*32Kg",
      44 },
    { "one", "@Device Feature/0xFFFF0000/01*004 e", 1 },
    { "many long runs", "@F /0x0/99*1Kg,99*2Kg,99*1Kg,99*2Kg,99*1Kg,99*2Kg,99*1Kg,99*2Kg", 32 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GArray) spans = spans_of (cases[i].layout, NULL, FALSE);
    guint64 bytes = 0;

    if (spans->len != cases[i].n)
      fail_msg ("%s: %u spans, not %u", cases[i].name, spans->len, cases[i].n);
    for (guint j = 0; j < spans->len; j++)
      bytes += jmp_map_span_size (&g_array_index (spans, JmpMapSpan, j));
    assert_true (bytes > 0);
  }
}

/* Every sector of the layout is in exactly one span, whatever the plan. */
static void
assert_covers (GArray *spans, guint n_sectors)
{
  g_autofree guint *seen = g_new0 (guint, n_sectors);

  for (guint i = 0; i < spans->len; i++) {
    const JmpMapSpan *span = &g_array_index (spans, JmpMapSpan, i);

    for (guint j = 0; j < span->count; j++) {
      assert_true (span->first + j < n_sectors);
      seen[span->first + j]++;
    }
  }
  for (guint i = 0; i < n_sectors; i++)
    assert_int_equal (seen[i], 1);
}

static void
test_span_fragments_are_taken_together (void **state)
{
  g_autoptr (GString) image = g_string_new ("0 0x08000000 100");
  g_autoptr (GArray) spans = NULL;
  guint touched = 0;
  gboolean mixed = FALSE;

  for (guint i = 1; i < 128; i++)
    g_string_append_printf (image, "; 0 0x%08x 100", 0x08000000 + i * 2 * 2048);
  spans = spans_of ("@Internal Flash   /0x08000000/256*02Kg", image->str, FALSE);
  assert_covers (spans, 256);
  assert_true (spans->len <= JMP_MAP_MAX_SPANS);
  for (guint i = 0; i < spans->len; i++) {
    const JmpMapSpan *span = &g_array_index (spans, JmpMapSpan, i);

    touched += span->touched;
    mixed |= span->touched > 0 && span->touched < span->count;
  }
  assert_int_equal (touched, 128);
  assert_true (mixed);
}

static void
test_span_covers_every_sector (void **state)
{
  g_autoptr (GArray) pages = spans_of (kit_f072[0], "0 0x08001000 5000; 0 0x08010000 3000", FALSE);
  g_autoptr (GArray) zones = spans_of (kit_pybd[0], "0 0x80000000 100000", FALSE);

  assert_covers (pages, 64);
  assert_covers (zones, 140);
}

static void
test_span_names_split_groups (void **state)
{
  static const JmpMapName name = {
    .alt = 0, .address = 0x08000800, .length = 2048, .name = "Keys"
  };
  g_autoptr (JmpDfuInfo) info = kit_info_new (kit_f072);
  JmpMapSpanInput input = {
    .layout = jmp_dfu_info_find_alt (info, 0)->layout,
    .names = &name,
    .n_names = 1,
  };
  g_autoptr (GArray) spans = jmp_map_spans_new (&input);

  assert_int_equal (spans->len, 18);
  assert_int_equal (g_array_index (spans, JmpMapSpan, 0).name, -1);
  assert_int_equal (g_array_index (spans, JmpMapSpan, 1).name, 0);
  assert_int_equal (g_array_index (spans, JmpMapSpan, 1).count, 1);
  assert_int_equal (g_array_index (spans, JmpMapSpan, 2).name, -1);
  assert_int_equal (g_array_index (spans, JmpMapSpan, 2).count, 2);
}

static void
test_span_at_the_end_of_memory (void **state)
{
  g_autoptr (GArray) spans = spans_of ("@End /0xFFFF0000/16*4Kg", NULL, FALSE);
  const JmpMapSpan *last = &g_array_index (spans, JmpMapSpan, 15);

  assert_int_equal (last->address, 0xFFFFF000);
  assert_true (jmp_map_span_end (last) == G_GUINT64_CONSTANT (1) << 32);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_span_few_sectors_stand_alone),
    cmocka_unit_test (test_span_pages_split_where_fate_changes),
    cmocka_unit_test (test_span_zones_are_sorted_by_address),
    cmocka_unit_test (test_span_number_is_limited),
    cmocka_unit_test (test_span_fragments_are_taken_together),
    cmocka_unit_test (test_span_covers_every_sector),
    cmocka_unit_test (test_span_names_split_groups),
    cmocka_unit_test (test_span_at_the_end_of_memory),
  };

  return cmocka_run_group_tests_name ("ui/map/map-span", tests, NULL, NULL);
}
