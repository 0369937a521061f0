/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is to be read of a board before an image is brought onto it, and what is done after that. */

#include "assert-text.h"
#include "flash/survey.h"
#include "plan-kit.h"

#define F405   "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg"
#define EEPROM "@DATA Memory /0x08080000/2*3Ke"

#define PYBOARD "0 0x08000000 14872 vector; 0 0x08020000 407064"

typedef struct {
  const char *name;
  const char *layouts[3];
  const char *image;
  JmpPlanOptions options;
  const char *recovery; /* saved bytes, as an image */
  const char *found;    /* "ALT ADDRESS STATE[ KEPT_ADDRESS KEPT_LENGTH]…; …" */
  const char *survey;   /* the plan to find out */
  const char *plan;     /* the plan that is made of it */
} Case;

static JmpSurveyState
state_from_word (const char *word)
{
  for (int state = JMP_SURVEY_UNKNOWN; state <= JMP_SURVEY_BLANK; state++) {
    if (g_str_equal (jmp_survey_state_to_string ((JmpSurveyState)state), word))
      return (JmpSurveyState)state;
  }
  fail_msg ("no state is called %s", word);
  return JMP_SURVEY_UNKNOWN;
}

static guint32
number (const char *word)
{
  return (guint32)g_ascii_strtoull (word, NULL, 0);
}

static void
read_kept (JmpSurveySector *sector, char **words)
{
  sector->n_kept = g_strv_length (words) / 2;
  sector->kept = g_new0 (JmpSegment, sector->n_kept + 1);
  for (guint i = 0; i < sector->n_kept; i++) {
    guint32 length = number (words[2 * i + 1]);
    guint8 *bytes = g_malloc (length);

    memset (bytes, 0x11, length);
    sector->kept[i].address = number (words[2 * i]);
    sector->kept[i].bytes = g_bytes_new_take (bytes, length);
    sector->looked += length;
  }
}

static void
free_kept (JmpSurveySector *sector)
{
  for (guint i = 0; i < sector->n_kept; i++)
    g_bytes_unref (sector->kept[i].bytes);
  g_free (sector->kept);
}

static JmpSurvey *
survey_from_text (JmpDfuInfo *board, const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, "; ", -1);
  guint n = g_strv_length (parts);
  g_autofree JmpSurveySector *sectors = g_new0 (JmpSurveySector, n);
  JmpSurvey *survey;

  for (guint i = 0; i < n; i++) {
    g_auto (GStrv) words = g_strsplit (parts[i], " ", -1);
    JmpSurveySector *sector = &sectors[i];

    sector->alt = (guint8)number (words[0]);
    assert_true (jmp_layout_find (
        jmp_dfu_info_find_alt (board, sector->alt)->layout, number (words[1]), &sector->sector));
    sector->state = state_from_word (words[2]);
    read_kept (sector, words + 3);
  }
  survey = jmp_survey_new (sectors, n);
  for (guint i = 0; i < n; i++)
    free_kept (&sectors[i]);
  return survey;
}

static const JmpPlanRegion pyboard_regions[] = {
  { 0, 0x08000000, 0x4000, TRUE, "vectors" },
  { 0, 0x08004000, 0x1C000, FALSE, "PYBFLASH" },
  { 0, 0x08020000, 0xE0000, TRUE, "firmware" },
};

static const Case cases[] = {
  {
      .name = "pyboard update: the files are not touched, what stands between is kept",
      .layouts = { F405 },
      .image = PYBOARD,
      .options = JMP_PLAN_OPTIONS_DEFAULT,
      .found = "0 0x08000000 different 0x08003a18 0x5e8; 0 0x08020000 different; "
               "0 0x08040000 equal; 0 0x08060000 different; 0 0x08080000 blank",
      .survey = "COMPARE alt 0 0x08020000 +0x20000 crc=534aa3e2\n"
                "COMPARE alt 0 0x08040000 +0x20000 crc=9163d0d6\n"
                "COMPARE alt 0 0x08060000 +0x20000 crc=d084fe3a\n"
                "COMPARE alt 0 0x08080000 +0x3618 crc=44d609a1\n"
                "COMPARE alt 0 0x08000000 +0x3A18 crc=0e6eec94\n"
                "KEEP   alt 0 0x08003A18 +0x05E8\n"
                "TOTAL  compare 421936\n",
      .plan = "EQUAL  alt 0 0x08040000 +0x20000\n"
              "KEPT   alt 0 0x08003A18 +0x05E8 crc=82169a15\n"
              "ERASE  alt 0 0x08000000 +0x4000\n"
              "ERASE  alt 0 0x08020000 +0x20000\n"
              "ERASE  alt 0 0x08060000 +0x20000\n"
              "WRITE  alt 0 0x08020000 +0x20000 crc=534aa3e2\n"
              "WRITE  alt 0 0x08060000 +0x23620 crc=3ff86e66\n"
              "VERIFY alt 0 0x08020000 +0x20000 crc=534aa3e2\n"
              "VERIFY alt 0 0x08060000 +0x23618 crc=3ff86e66\n"
              "WRITE  alt 0 0x08000020 +0x3FE0 crc=6d57234e\n"
              "VERIFY alt 0 0x08000020 +0x3FE0 crc=6d57234e\n"
              "WRITE  alt 0 0x08000000 +0x0020 crc=4be11826\n"
              "VERIFY alt 0 0x08000000 +0x0020 crc=4be11826\n"
              "LEAVE  0x08000000\n"
              "TOTAL  unchanged 131072 sectors 1 kept 1512 sectors 1 erase 278528 sectors 3 write "
              "292384 blocks 144 verify 292376\n",
  },
  {
      .name = "nothing has to change: nothing is erased",
      .layouts = { F405 },
      .image = PYBOARD,
      .options = JMP_PLAN_OPTIONS_DEFAULT,
      .found = "0 0x08000000 equal; 0 0x08020000 equal; 0 0x08040000 equal; 0 0x08060000 equal; "
               "0 0x08080000 equal",
      .plan = "EQUAL  alt 0 0x08000000 +0x4000\n"
              "EQUAL  alt 0 0x08020000 +0x20000\n"
              "EQUAL  alt 0 0x08040000 +0x20000\n"
              "EQUAL  alt 0 0x08060000 +0x20000\n"
              "EQUAL  alt 0 0x08080000 +0x20000\n"
              "LEAVE  0x08000000\n"
              "TOTAL  unchanged 421936 sectors 5\n",
  },
  {
      .name = "data into the middle of a sector: its neighbours are kept",
      .layouts = { F405 },
      .image = "0 0x08028000 4096",
      .options = JMP_PLAN_OPTIONS_DEFAULT,
      .found = "0 0x08020000 different 0x08020000 0x8000 0x08029000 0x3000",
      .survey = "COMPARE alt 0 0x08028000 +0x1000 crc=88c9b856\n"
                "KEEP   alt 0 0x08020000 +0x8000\n"
                "KEEP   alt 0 0x08029000 +0x17000\n"
                "TOTAL  compare 4096\n",
      .plan =
          "KEPT   alt 0 0x08020000 +0x8000 crc=03dd995b\n"
          "KEPT   alt 0 0x08029000 +0x3000 crc=a6f6de50\n"
          "ERASE  alt 0 0x08020000 +0x20000\n"
          "WRITE  alt 0 0x08020000 +0xC000 crc=062e90ab\n"
          "VERIFY alt 0 0x08020000 +0xC000 crc=062e90ab\n"
          "LEAVE  0x08000000\n"
          "TOTAL  kept 45056 sectors 1 erase 131072 sectors 1 write 49152 blocks 24 verify 49152\n",
  },
  {
      .name = "the same on a blank sector: no erase, nothing to keep",
      .layouts = { F405 },
      .image = "0 0x08028000 4096",
      .options = JMP_PLAN_OPTIONS_DEFAULT,
      .found = "0 0x08020000 blank",
      .plan = "WRITE  alt 0 0x08028000 +0x1000 crc=88c9b856\n"
              "VERIFY alt 0 0x08028000 +0x1000 crc=88c9b856\n"
              "LEAVE  0x08000000\n"
              "TOTAL  write 4096 blocks 2 verify 4096\n",
  },
  {
      .name = "vector table last, and of it the first unit, even if its sector is equal",
      .layouts = { F405 },
      .image = "0 0x08000000 0x9000 vector",
      .options = JMP_PLAN_OPTIONS_DEFAULT,
      .found = "0 0x08000000 equal; 0 0x08004000 equal; 0 0x08008000 different",
      .survey = "COMPARE alt 0 0x08004000 +0x4000 crc=0298a820\n"
                "COMPARE alt 0 0x08008000 +0x1000 crc=a8337679\n"
                "COMPARE alt 0 0x08000000 +0x4000 crc=350fb29e\n"
                "TOTAL  compare 36864\n",
      .plan = "EQUAL  alt 0 0x08004000 +0x4000\n"
              "ERASE  alt 0 0x08000000 +0x4000\n"
              "ERASE  alt 0 0x08008000 +0x4000\n"
              "WRITE  alt 0 0x08008000 +0x1000 crc=a8337679\n"
              "VERIFY alt 0 0x08008000 +0x1000 crc=a8337679\n"
              "WRITE  alt 0 0x08000020 +0x3FE0 crc=693d66ae\n"
              "VERIFY alt 0 0x08000020 +0x3FE0 crc=693d66ae\n"
              "WRITE  alt 0 0x08000000 +0x0020 crc=4be11826\n"
              "VERIFY alt 0 0x08000000 +0x0020 crc=4be11826\n"
              "LEAVE  0x08000000\n"
              "TOTAL  unchanged 16384 sectors 1 erase 32768 sectors 2 write 20480 blocks 11 verify "
              "20480\n",
  },
  {
      .name = "an interrupted run continued: no vector table, one sector half, its bytes saved",
      .layouts = { F405 },
      .image = "0 0x08000000 0x3000 vector; 0 0x08004000 0x1000; 0 0x08006000 0x2000; "
               "0 0x08008000 0x100",
      .options = JMP_PLAN_OPTIONS_DEFAULT,
      .recovery = "0 0x08003000 0x1000; 0 0x08005000 0x0800",
      .found = "0 0x08000000 blank 0x08003000 0x1000; 0 0x08004000 different 0x08005000 0x800; "
               "0 0x08008000 equal",
      .survey = "COMPARE alt 0 0x08004000 +0x1000 crc=3fc20092\n"
                "COMPARE alt 0 0x08006000 +0x2000 crc=fc9678e0\n"
                "COMPARE alt 0 0x08005000 +0x0800 crc=d02cbd0e\n"
                "KEEP   alt 0 0x08005800 +0x0800\n"
                "KEEP   alt 0 0x08005000 +0x0800 crc=d02cbd0e\n"
                "COMPARE alt 0 0x08008000 +0x0100 crc=784e35d9\n"
                "COMPARE alt 0 0x08000000 +0x3000 crc=04e5da50\n"
                "COMPARE alt 0 0x08003000 +0x1000 crc=45254ffe\n"
                "KEEP   alt 0 0x08003000 +0x1000 crc=45254ffe\n"
                "TOTAL  compare 30976\n",
      .plan = "EQUAL  alt 0 0x08008000 +0x4000\n"
              "KEPT   alt 0 0x08003000 +0x1000 crc=e67e931f\n"
              "KEPT   alt 0 0x08005000 +0x0800 crc=88232998\n"
              "ERASE  alt 0 0x08004000 +0x4000\n"
              "WRITE  alt 0 0x08004000 +0x1800 crc=6c13fc9b\n"
              "WRITE  alt 0 0x08006000 +0x2000 crc=fc9678e0\n"
              "VERIFY alt 0 0x08004000 +0x1800 crc=6c13fc9b\n"
              "VERIFY alt 0 0x08006000 +0x2000 crc=fc9678e0\n"
              "WRITE  alt 0 0x08000020 +0x3FE0 crc=ca66ba4f\n"
              "VERIFY alt 0 0x08000020 +0x3FE0 crc=ca66ba4f\n"
              "WRITE  alt 0 0x08000000 +0x0020 crc=4be11826\n"
              "VERIFY alt 0 0x08000000 +0x0020 crc=4be11826\n"
              "LEAVE  0x08000000\n"
              "TOTAL  unchanged 256 sectors 1 kept 6144 sectors 2 erase 16384 sectors 1 write "
              "30720 blocks 16 verify 30720\n",
  },
  {
      .name = "saved bytes of a sector that the image does not touch",
      .layouts = { F405 },
      .image = "0 0x08008000 32",
      .options = JMP_PLAN_OPTIONS_DEFAULT,
      .recovery = "0 0x08004100 0x100",
      .found = "0 0x08004000 different 0x08004100 0x100 0x08006000 0x20; 0 0x08008000 equal",
      .survey = "COMPARE alt 0 0x08004100 +0x0100 crc=6d045238\n"
                "KEEP   alt 0 0x08004000 +0x0100\n"
                "KEEP   alt 0 0x08004200 +0x3E00\n"
                "KEEP   alt 0 0x08004100 +0x0100 crc=6d045238\n"
                "COMPARE alt 0 0x08008000 +0x0020 crc=d456996f\n"
                "KEEP   alt 0 0x08008020 +0x3FE0\n"
                "TOTAL  compare 288\n",
      .plan = "EQUAL  alt 0 0x08008000 +0x4000\n"
              "KEPT   alt 0 0x08004100 +0x0100 crc=1dc7b163\n"
              "KEPT   alt 0 0x08006000 +0x0020 crc=bc4920d8\n"
              "ERASE  alt 0 0x08004000 +0x4000\n"
              "WRITE  alt 0 0x08004100 +0x0100 crc=1dc7b163\n"
              "WRITE  alt 0 0x08006000 +0x0020 crc=bc4920d8\n"
              "VERIFY alt 0 0x08004100 +0x0100 crc=1dc7b163\n"
              "VERIFY alt 0 0x08006000 +0x0020 crc=bc4920d8\n"
              "LEAVE  0x08000000\n"
              "TOTAL  unchanged 32 sectors 1 kept 288 sectors 1 erase 16384 sectors 1 write 288 "
              "blocks 2 verify 288\n",
  },
  {
      .name = "a region that is no code behind the firmware's end is kept",
      .layouts = { F405 },
      .image = "0 0x08000000 0x4100 vector",
      .options = { .verify = TRUE, .regions = pyboard_regions, .n_regions = 3 },
      .found = "0 0x08000000 different; 0 0x08004000 different 0x08004100 0x3f00",
      .survey = "COMPARE alt 0 0x08004000 +0x0100 crc=01a050a6\n"
                "KEEP   alt 0 0x08004100 +0x3F00\n"
                "COMPARE alt 0 0x08000000 +0x4000 crc=350fb29e\n"
                "TOTAL  compare 16640\n",
      .plan =
          "KEPT   alt 0 0x08004100 +0x3F00 crc=ea215fb5\n"
          "ERASE  alt 0 0x08000000 +0x4000\n"
          "ERASE  alt 0 0x08004000 +0x4000\n"
          "WRITE  alt 0 0x08004000 +0x4000 crc=e9a0a4d3\n"
          "VERIFY alt 0 0x08004000 +0x4000 crc=e9a0a4d3\n"
          "WRITE  alt 0 0x08000020 +0x3FE0 crc=693d66ae\n"
          "VERIFY alt 0 0x08000020 +0x3FE0 crc=693d66ae\n"
          "WRITE  alt 0 0x08000000 +0x0020 crc=4be11826\n"
          "VERIFY alt 0 0x08000000 +0x0020 crc=4be11826\n"
          "TOTAL  kept 16128 sectors 1 erase 32768 sectors 2 write 32768 blocks 17 verify 32768\n",
  },
  {
      .name = "never: nothing is kept",
      .layouts = { F405 },
      .image = "0 0x08028000 4096",
      .options = { .verify = TRUE, .preserve = JMP_PRESERVE_NEVER },
      .found = "0 0x08020000 different",
      .survey = "COMPARE alt 0 0x08028000 +0x1000 crc=88c9b856\n"
                "TOTAL  compare 4096\n",
      .plan = "ERASE  alt 0 0x08020000 +0x20000\n"
              "WRITE  alt 0 0x08028000 +0x1000 crc=88c9b856\n"
              "VERIFY alt 0 0x08028000 +0x1000 crc=88c9b856\n"
              "TOTAL  erase 131072 sectors 1 write 4096 blocks 2 verify 4096\n",
  },
  {
      .name = "always: what stands behind the firmware, too",
      .layouts = { F405 },
      .image = "0 0x08000000 0x3000 vector",
      .options = { .verify = TRUE, .preserve = JMP_PRESERVE_ALWAYS },
      .found = "0 0x08000000 different 0x08003000 0x1000",
      .survey = "COMPARE alt 0 0x08000000 +0x3000 crc=04e5da50\n"
                "KEEP   alt 0 0x08003000 +0x1000\n"
                "TOTAL  compare 12288\n",
      .plan =
          "KEPT   alt 0 0x08003000 +0x1000 crc=e67e931f\n"
          "ERASE  alt 0 0x08000000 +0x4000\n"
          "WRITE  alt 0 0x08000020 +0x3FE0 crc=ca66ba4f\n"
          "VERIFY alt 0 0x08000020 +0x3FE0 crc=ca66ba4f\n"
          "WRITE  alt 0 0x08000000 +0x0020 crc=4be11826\n"
          "VERIFY alt 0 0x08000000 +0x0020 crc=4be11826\n"
          "TOTAL  kept 4096 sectors 1 erase 16384 sectors 1 write 16384 blocks 9 verify 16384\n",
  },
  {
      .name = "full: nothing is compared, what has to be kept is read",
      .layouts = { F405 },
      .image = "0 0x08004800 0x800",
      .options = { .verify = TRUE, .full = TRUE },
      .found = "0 0x08004000 unknown 0x08004000 0x800",
      .survey = "KEEP   alt 0 0x08004000 +0x0800\n"
                "KEEP   alt 0 0x08005000 +0x3000\n"
                "TOTAL \n",
      .plan = "KEPT   alt 0 0x08004000 +0x0800 crc=88232998\n"
              "ERASE  alt 0 0x08004000 +0x4000\n"
              "WRITE  alt 0 0x08004000 +0x1000 crc=499c78e6\n"
              "VERIFY alt 0 0x08004000 +0x1000 crc=499c78e6\n"
              "TOTAL  kept 2048 sectors 1 erase 16384 sectors 1 write 4096 blocks 2 verify 4096\n",
  },
  {
      .name = "kept bytes are read back even where the image's are not",
      .layouts = { F405 },
      .image = "0 0x08004800 0x800",
      .options = { .verify = FALSE },
      .found = "0 0x08004000 different 0x08004000 0x800",
      .plan = "KEPT   alt 0 0x08004000 +0x0800 crc=88232998\n"
              "ERASE  alt 0 0x08004000 +0x4000\n"
              "WRITE  alt 0 0x08004000 +0x1000 crc=499c78e6\n"
              "VERIFY alt 0 0x08004000 +0x0800 crc=88232998\n"
              "TOTAL  kept 2048 sectors 1 erase 16384 sectors 1 write 4096 blocks 2 verify 2048\n",
  },
  {
      .name = "EEPROM is compared, and has no erase to keep anything from",
      .layouts = { F405, EEPROM },
      .image = "1 0x08080c00 8; 1 0x08080bfd 2",
      .options = JMP_PLAN_OPTIONS_DEFAULT,
      .found = "1 0x08080000 equal; 1 0x08080c00 different",
      .survey = "COMPARE alt 1 0x08080BFD +0x0002 crc=08ea506d\n"
                "COMPARE alt 1 0x08080C00 +0x0008 crc=7dd49836\n"
                "TOTAL  compare 10\n",
      .plan = "EQUAL  alt 1 0x08080000 +0x0C00\n"
              "WRITE  alt 1 0x08080C00 +0x0008 crc=7dd49836\n"
              "VERIFY alt 1 0x08080C00 +0x0008 crc=7dd49836\n"
              "TOTAL  unchanged 2 sectors 1 write 8 blocks 1 verify 8\n",
  },
};

static void
check_survey_plan (const Case *c, JmpDfuInfo *board, JmpImage *image, JmpImage *recovery)
{
  JmpPlanOptions options = c->options;
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpPlan) plan = NULL;
  g_autofree char *text = NULL;

  options.recovery = recovery;
  plan = jmp_plan_survey (image, board, &options, &error);
  assert_no_error (error);
  text = jmp_plan_to_string (plan);
  assert_lines_equal (text, c->survey);
}

static void
test_plan_survey_says_what_is_done (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const Case *c = &cases[i];
    JmpDfuInfo *board = kit_board_new (c->layouts);
    g_autoptr (JmpImage) image = kit_image_new (c->image);
    g_autoptr (JmpImage) recovery = c->recovery != NULL ? kit_image_new (c->recovery) : NULL;
    g_autoptr (JmpSurvey) survey = survey_from_text (board, c->found);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpPlan) plan = NULL;
    g_autofree char *text = NULL;

    print_message ("  %s\n", c->name);
    if (c->survey != NULL)
      check_survey_plan (c, board, image, recovery);
    plan = jmp_plan_flash_surveyed (image, board, survey, &c->options, &error);
    assert_no_error (error);
    text = jmp_plan_to_string (plan);
    assert_lines_equal (text, c->plan);
    jmp_dfu_info_unref (board);
  }
}

/* What the window paints. */
static void
test_plan_survey_paints_sectors (void **state)
{
  static const char *const layouts[] = { F405, NULL };
  const JmpPlanOptions options = JMP_PLAN_OPTIONS_DEFAULT;
  JmpDfuInfo *board = kit_board_new (layouts);
  g_autoptr (JmpImage) image = kit_image_new ("0 0x08004100 0x100; 0 0x08020000 8");
  g_autoptr (JmpSurvey) survey = survey_from_text (
      board, "0 0x08004000 different 0x08004000 0x100 0x08005000 0x10; 0 0x08020000 equal");
  g_autoptr (JmpPlan) plan = jmp_plan_flash_surveyed (image, board, survey, &options, NULL);
  guint n_sectors;
  const JmpPlanSector *sectors = jmp_plan_get_sectors (plan, &n_sectors);

  assert_int_equal (n_sectors, 2);
  assert_int_equal (sectors[0].fate,
                    JMP_FATE_ERASED | JMP_FATE_WRITTEN | JMP_FATE_VERIFIED | JMP_FATE_KEPT);
  assert_int_equal (sectors[0].image_bytes, 0x100);
  assert_int_equal (sectors[0].kept_bytes, 0x110);
  assert_int_equal (sectors[0].lost_bytes, 0x4000 - 0x100 - 0x110);
  assert_int_equal (sectors[1].fate, JMP_FATE_EQUAL);
  assert_int_equal (sectors[1].kept_bytes, 0);
  assert_int_equal (sectors[1].lost_bytes, 0);
  assert_int_equal (jmp_image_get_size (jmp_plan_get_kept (plan)), 0x110);
  assert_int_equal (jmp_image_get_vid (jmp_plan_get_kept (plan)), board->vid);
  jmp_dfu_info_unref (board);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_plan_survey_says_what_is_done),
    cmocka_unit_test (test_plan_survey_paints_sectors),
  };

  return cmocka_run_group_tests_name ("core/flash/plan-survey", tests, NULL, NULL);
}
