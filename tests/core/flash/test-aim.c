/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which alt setting of a plain DFU board a file is for. */

#include "assert-text.h"
#include "flash/aim.h"
#include "plan-kit.h"

/* As STM32duino's boot loader: alt 0 takes no files, 1 and 2 take programs that begin at one place each. */
static JmpDfuInfo *
board_new (void)
{
  static const char *const no_maps[] = { "", "", "", NULL };
  static const guint32 bases[] = { 0, 0x08005000, 0x08002000 };
  JmpDfuInfo *board = kit_board_new (no_maps);

  board->dfuse = FALSE;
  for (guint i = 0; i < board->alts->len; i++) {
    JmpDfuAlt *alt = g_ptr_array_index (board->alts, i);

    if (i == 0)
      alt->quirks.refuses = "it has no memory";
    alt->quirks.bases[0] = bases[i];
    alt->quirks.n_bases = i > 0 ? 1 : 0;
  }
  return board;
}

typedef struct {
  const char *name;
  JmpImageFormat format;
  guint32 address;
  gsize size;
  guint32 reset;   /* of the vector table; 0: there is none */
  guint32 handler; /* all others */
  guint8 expected;
} Case;

static const Case cases[] = {
  { "the address of the first is alt 1's", JMP_IMAGE_INTEL_HEX, 0x08005000, 1024, 0, 0, 1 },
  { "the address of the first is alt 2's", JMP_IMAGE_ELF, 0x08002000, 1024, 0, 0, 2 },
  { "an address that is nobody's", JMP_IMAGE_INTEL_HEX, 0x08000000, 1024, 0, 0, 0 },
  { "handlers behind 0x08002000", JMP_IMAGE_DFU, 0, 30000, 0x08002101, 0x08002201, 2 },
  { "handlers behind 0x08005000", JMP_IMAGE_DFU, 0, 8000, 0x08005101, 0x08005201, 1 },
  { "handlers that would do for both", JMP_IMAGE_DFU, 0, 30000, 0x08005101, 0x08005201, 0 },
  { "a handler that is in neither", JMP_IMAGE_DFU, 0, 30000, 0x08002101, 0x08042201, 0 },
  { "handlers without the Thumb bit", JMP_IMAGE_DFU, 0, 30000, 0x08002100, 0x08002200, 0 },
  { "too short for a vector table", JMP_IMAGE_DFU, 0, 40, 0x08002001, 0x08002001, 0 },
  { "no vector table", JMP_IMAGE_DFU, 0, 30000, 0, 0, 0 },
  { "DfuSe names its alt setting", JMP_IMAGE_DFUSE, 0x08005000, 1024, 0, 0, 0 },
};

static JmpImage *
image_new (const Case *c)
{
  g_autofree guint8 *data = g_malloc0 (c->size);
  g_autoptr (GBytes) bytes = NULL;
  JmpImageBuilder *builder = jmp_image_builder_new (c->format);

  for (guint i = 1; c->reset != 0 && i < 16 && i * 4 + 4 <= c->size; i++) {
    guint32 vector = GUINT32_TO_LE (i == 1 ? c->reset : c->handler);

    memcpy (data + 4 * i, &vector, sizeof vector);
  }
  bytes = g_bytes_new (data, c->size);
  assert_true (jmp_image_builder_add (builder, 0, c->address, bytes, NULL));
  return jmp_image_builder_end (builder, NULL);
}

static void
test_aim_finds_the_alt_setting (void **state)
{
  g_autoptr (JmpDfuInfo) board = board_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpImage) image = image_new (&cases[i]);
    g_autoptr (JmpImage) aimed = jmp_aim (image, board);
    const JmpImageTarget *target = jmp_image_get_target (aimed, 0);

    if (target->alt != cases[i].expected)
      fail_msg ("%s: alt %u instead of %u", cases[i].name, target->alt, cases[i].expected);
    assert_int_equal (target->segments[0].address, cases[i].address);
    assert_true (g_bytes_equal (target->segments[0].bytes,
                                jmp_image_get_target (image, 0)->segments[0].bytes));
    assert_int_equal (jmp_image_get_format (aimed), cases[i].format);
  }
}

/* What nothing decides, a person does. */
static void
test_aim_lists_what_is_left_open (void **state)
{
  g_autoptr (JmpDfuInfo) board = board_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpImage) image = image_new (&cases[i]);
    g_autoptr (GArray) alts = jmp_aim_list (image, board);
    const gboolean is_open = cases[i].format == JMP_IMAGE_DFU && cases[i].expected == 0;

    print_message ("  %s: %u\n", cases[i].name, alts->len);
    assert_int_equal (alts->len, is_open ? 2 : 0);
    if (is_open) {
      g_autoptr (JmpImage) aimed = jmp_aim_at (image, g_array_index (alts, guint8, 1));

      assert_int_equal (jmp_image_get_target (aimed, 0)->alt, 2);
    }
  }
}

static void
test_aim_leaves_dfuse_boards_alone (void **state)
{
  static const char *const maps[] = { "@Internal Flash  /0x08000000/04*016Kg", NULL };
  g_autoptr (JmpDfuInfo) board = kit_board_new (maps);
  g_autoptr (JmpImage) image = image_new (&cases[0]);
  g_autoptr (JmpImage) aimed = jmp_aim (image, board);

  assert_ptr_equal (aimed, image);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_aim_finds_the_alt_setting),
    cmocka_unit_test (test_aim_lists_what_is_left_open),
    cmocka_unit_test (test_aim_leaves_dfuse_boards_alone),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
