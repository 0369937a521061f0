/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Plans for boards without a memory map. */

#include "assert-text.h"
#include "base/error.h"
#include "flash/plan.h"
#include "plan-kit.h"

#define LOAD     JMP_DFU_CAN_DOWNLOAD
#define BOTH     (JMP_DFU_CAN_DOWNLOAD | JMP_DFU_CAN_UPLOAD)
#define TOLERANT (BOTH | JMP_DFU_MANIFESTATION_TOLERANT)

/* A board with two alt settings: the first takes no files, the second programs for 0x08002000. */
static JmpDfuInfo *
board_new (guint8 attributes, JmpQuirkFlags flags)
{
  static const char *const no_maps[] = { "", "", "", NULL };
  JmpDfuInfo *board = kit_board_new (no_maps);
  JmpDfuAlt *first = g_ptr_array_index (board->alts, 0);
  JmpDfuAlt *second = g_ptr_array_index (board->alts, 1);

  board->dfuse = FALSE;
  board->attributes = attributes;
  board->transfer_size = board->device_transfer_size = 1024;
  board->quirks.flags = flags;
  first->quirks.refuses = "it has no memory";
  second->quirks.bases[0] = 0x08002000;
  second->quirks.n_bases = 1;
  return board;
}

typedef struct {
  const char *name;
  guint8 attributes;
  JmpQuirkFlags flags;
  JmpPlanOptions options;
  const char *image;
  const char *expected;
} Case;

#define DEFAULT                   \
  {                               \
    .verify = TRUE, .leave = TRUE \
  }

static const Case cases[] = {
  { "the end proves nothing: written, and no more",
    BOTH,
    0,
    DEFAULT,
    "2 0x00000000 1500",
    "WRITE  alt 2 0x00000000 +0x05DC crc=a390b013\n"
    "LEAVE  0x00000000\n"
    "TOTAL  write 1500 blocks 2\n" },
  { "without the end there is no file, whether it is to be started or not",
    BOTH,
    0,
    { .verify = TRUE },
    "2 0x00000000 1500",
    "WRITE  alt 2 0x00000000 +0x05DC crc=a390b013\n"
    "LEAVE  0x00000000\n"
    "TOTAL  write 1500 blocks 2\n" },
  { "tolerant: read back behind the end",
    TOLERANT,
    0,
    DEFAULT,
    "2 0x00000000 1500",
    "WRITE  alt 2 0x00000000 +0x05DC crc=a390b013\n"
    "VERIFY alt 2 0x00000000 +0x05DC crc=a390b013\n"
    "LEAVE  0x00000000\n"
    "TOTAL  write 1500 blocks 2 verify 1500\n" },
  { "tolerant, and it stays",
    TOLERANT,
    0,
    { .verify = TRUE },
    "2 0x00000000 1500",
    "WRITE  alt 2 0x00000000 +0x05DC crc=a390b013\n"
    "VERIFY alt 2 0x00000000 +0x05DC crc=a390b013\n"
    "TOTAL  write 1500 blocks 2 verify 1500\n" },
  { "keeps blocks: read back before the end, for which the first block comes again",
    BOTH,
    JMP_QUIRK_KEEPS_BLOCKS,
    DEFAULT,
    "1 0x08002000 1500 vector",
    "WRITE  alt 1 0x08002000 +0x05DC crc=37a834db\n"
    "VERIFY alt 1 0x08002000 +0x05DC crc=37a834db\n"
    "WRITE  alt 1 0x08002000 +0x0400 crc=e6a6f6d7\n"
    "LEAVE  0x08002000\n"
    "TOTAL  write 2524 blocks 3 verify 1500\n" },
  { "keeps blocks, and it stays",
    BOTH,
    JMP_QUIRK_KEEPS_BLOCKS,
    { .verify = TRUE },
    "1 0x08002000 1500 vector",
    "WRITE  alt 1 0x08002000 +0x05DC crc=37a834db\n"
    "VERIFY alt 1 0x08002000 +0x05DC crc=37a834db\n"
    "TOTAL  write 1500 blocks 2 verify 1500\n" },
  { "keeps blocks, and is not to be verified",
    BOTH,
    JMP_QUIRK_KEEPS_BLOCKS,
    { .leave = TRUE },
    "1 0x08002000 1500 vector",
    "WRITE  alt 1 0x08002000 +0x05DC crc=37a834db\n"
    "LEAVE  0x08002000\n"
    "TOTAL  write 1500 blocks 2\n" },
  { "cannot be read: nobody can verify it",
    LOAD | JMP_DFU_MANIFESTATION_TOLERANT,
    0,
    DEFAULT,
    "2 0x00000000 1500",
    "WRITE  alt 2 0x00000000 +0x05DC crc=a390b013\n"
    "LEAVE  0x00000000\n"
    "TOTAL  write 1500 blocks 2\n" },
  { "no address: it has the one that is known",
    TOLERANT,
    0,
    DEFAULT,
    "1 0x00000000 1500",
    "WRITE  alt 1 0x08002000 +0x05DC crc=a390b013\n"
    "VERIFY alt 1 0x08002000 +0x05DC crc=a390b013\n"
    "LEAVE  0x08002000\n"
    "TOTAL  write 1500 blocks 2 verify 1500\n" },
  { "segments are one run, with blank bytes between them",
    TOLERANT,
    0,
    { .verify = TRUE },
    "1 0x08002000 16; 1 0x08002020 16",
    "WRITE  alt 1 0x08002000 +0x0030 crc=fef3b189\n"
    "VERIFY alt 1 0x08002000 +0x0030 crc=fef3b189\n"
    "TOTAL  write 48 blocks 1 verify 48\n" },
};

static void
test_plan_plain_flash (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (JmpDfuInfo) board = board_new (cases[i].attributes, cases[i].flags);
    g_autoptr (JmpImage) image = kit_image_new (cases[i].image);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpPlan) plan = jmp_plan_flash (image, board, &cases[i].options, &error);
    g_autoptr (JmpPlan) survey = jmp_plan_survey (image, board, &cases[i].options, NULL);
    g_autofree char *text = NULL;
    guint n_sectors, n_steps;
    const JmpPlanSector *sectors;

    print_message ("  %s\n", cases[i].name);
    assert_no_error (error);
    text = jmp_plan_to_string (plan);
    assert_lines_equal (text, cases[i].expected);
    /* the map: one region, which is all that is known */
    sectors = jmp_plan_get_sectors (plan, &n_sectors);
    assert_int_equal (n_sectors, 1);
    assert_int_equal (sectors[0].image_bytes, sectors[0].sector.size);
    assert_int_equal (sectors[0].fate & JMP_FATE_ERASED, 0);
    /* there is nothing to look at before */
    jmp_plan_get_steps (survey, &n_steps);
    assert_int_equal (n_steps, 0);
  }
}

static const struct {
  const char *name;
  guint8 attributes;
  const char *image;
  int code;
  const char *message;
} refused[] = {
  { "an alt setting that takes no files",
    BOTH,
    "0 0x00000000 16",
    JMP_ERROR_REFUSED,
    "alt setting 0 takes no files: it has no memory; others do: 1, 2" },
  { "a program for another address",
    BOTH,
    "1 0x08000000 16",
    JMP_ERROR_DOES_NOT_FIT,
    "the file begins at 0x08000000, and what goes to alt setting 1 at 0x08002000" },
  { "no such alt setting", BOTH, "3 0x08000000 16", JMP_ERROR_DOES_NOT_FIT, "no alt setting 3" },
  { "two files at once",
    BOTH,
    "1 0x08002000 16; 2 0x08002000 16",
    JMP_ERROR_NOT_SUPPORTED,
    "one alt setting at a time, and this one is for 2" },
  { "option bytes beside a program",
    BOTH,
    "1 0x08002000 16; 1 0x1FFFF800 16",
    JMP_ERROR_DOES_NOT_FIT,
    "0x1FFFF800 is too far from 0x0800200F" },
  { "a board that takes none",
    JMP_DFU_CAN_UPLOAD,
    "1 0x08002000 16",
    JMP_ERROR_NOT_SUPPORTED,
    "cannot write" },
};

static void
test_plan_plain_refuses (void **state)
{
  const JmpPlanOptions options = DEFAULT;

  for (guint i = 0; i < G_N_ELEMENTS (refused); i++) {
    g_autoptr (JmpDfuInfo) board = board_new (refused[i].attributes, 0);
    g_autoptr (JmpImage) image = kit_image_new (refused[i].image);
    g_autoptr (GError) error = NULL;

    print_message ("  %s\n", refused[i].name);
    assert_null (jmp_plan_flash (image, board, &options, &error));
    assert_error (error, JMP_ERROR, refused[i].code, refused[i].message);
    assert_null (jmp_plan_survey (image, board, &options, NULL));
  }
}

/* Which other alt setting takes it is told. */
static void
test_plan_plain_names_the_right_alt (void **state)
{
  const JmpPlanOptions options = DEFAULT;
  g_autoptr (JmpDfuInfo) board = board_new (BOTH, 0);
  JmpDfuAlt *third = g_ptr_array_index (board->alts, 2);
  g_autoptr (JmpImage) image = kit_image_new ("2 0x08002000 16");
  g_autoptr (GError) error = NULL;

  third->quirks.bases[0] = 0x08005000;
  third->quirks.bases[1] = 0x08000000;
  third->quirks.n_bases = 2;
  assert_null (jmp_plan_flash (image, board, &options, &error));
  assert_error (error,
                JMP_ERROR,
                JMP_ERROR_DOES_NOT_FIT,
                "alt setting 2 at 0x08005000 or 0x08000000; alt setting 1 has it there");
}

static void
check (JmpPlan *plan, const char *expected, const GError *error)
{
  G_GNUC_UNUSED g_autoptr (JmpPlan) owned = plan;
  g_autofree char *text = NULL;

  assert_no_error (error);
  text = jmp_plan_to_string (plan);
  assert_lines_equal (text, expected);
}

static void
test_plan_plain_reads (void **state)
{
  g_autoptr (JmpDfuInfo) board = board_new (BOTH, 0);
  g_autoptr (JmpDfuInfo) mute = board_new (LOAD, 0);
  g_autoptr (JmpImage) image = kit_image_new ("1 0x08002000 16");
  g_autoptr (GError) error = NULL;

  check (jmp_plan_backup (board, 1, &error),
         "READ   alt 1 0x08002000 to its end\n"
         "TOTAL \n",
         error);
  check (jmp_plan_backup_all (board, FALSE, &error),
         "READ   alt 1 0x08002000 to its end\n"
         "TOTAL \n",
         error);
  check (jmp_plan_backup_range (board, 1, 0x08002000, 100, &error),
         "READ   alt 1 0x08002000 +0x0064\n"
         "TOTAL  read 100\n",
         error);
  check (jmp_plan_verify (image, board, &error),
         "VERIFY alt 1 0x08002000 +0x0010 crc=ba1cdd56\n"
         "TOTAL  verify 16\n",
         error);
  assert_null (jmp_plan_backup_range (board, 1, 0x08002400, 100, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DOES_NOT_FIT, "from its start at 0x08002000 alone");
  g_clear_error (&error);
  assert_null (jmp_plan_backup (board, 0, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_REFUSED, "takes no files");
  g_clear_error (&error);
  assert_null (jmp_plan_backup (mute, 1, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "cannot read back");
  g_clear_error (&error);
  assert_null (jmp_plan_verify (image, mute, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "cannot read back");
  g_clear_error (&error);
  assert_null (jmp_plan_erase_all (board, 1, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, "no memory map");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_plan_plain_flash),
    cmocka_unit_test (test_plan_plain_refuses),
    cmocka_unit_test (test_plan_plain_names_the_right_alt),
    cmocka_unit_test (test_plan_plain_reads),
  };

  return cmocka_run_group_tests_name ("core/flash/plan-plain", tests, NULL, NULL);
}
