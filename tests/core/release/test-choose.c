/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "release/choose.h"
#include "release/feed.h"

static int
set_up (void **state)
{
  *state = jmp_catalogue_new_built_in (NULL);
  return *state != NULL ? 0 : -1;
}

static int
tear_down (void **state)
{
  jmp_catalogue_unref (*state);
  return 0;
}

/* The devices that the cases are about. */
typedef enum {
  NO_DEVICE,
  PYBOARD,
  H743,
  GIGA,
} Device;

static const struct {
  guint16 vid;
  guint16 pid;
  const char *layout;
} devices[] = {
  [NO_DEVICE] = { 0, 0, NULL },
  [PYBOARD] = { 0x0483, 0xDF11, "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg" },
  [H743] = { 0x0483, 0xDF11, "@Internal Flash   /0x08000000/16*128Kg" },
  [GIGA] = { 0x2341, 0x0366, "@Internal Flash  2MB   /0x08000000/01*128Ka,15*128Kg" },
};

/* The evidence, and the choice: what is sure, the first two candidates, how many there are. */
static const struct {
  const char *name;
  Device device;
  const char *build;
  const char *machine;
  const char *version;
  const char *remembered;
  const char *memory;
  const char *choice;
} cases[] = {
  { "nothing", NO_DEVICE, NULL, NULL, NULL, NULL, NULL, "sure -; 0" },
  { "a ROM alone",
    PYBOARD,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    "sure -; ADAFRUIT_F405_EXPRESS fits, CERB40 fits; 16" },
  { "an id of its own",
    GIGA,
    NULL,
    NULL,
    NULL,
    NULL,
    NULL,
    "sure ARDUINO_GIGA; ARDUINO_GIGA fits; 1" },
  { "the build, before DFU mode",
    PYBOARD,
    "PYBV11-DP",
    "PYBv1.1 with STM32F405RG",
    "1.25.0",
    NULL,
    NULL,
    "sure PYBV11; PYBV11 running DP, ADAFRUIT_F405_EXPRESS fits; 16; 1.25.0" },
  { "the standard build",
    PYBOARD,
    "PYBV11",
    NULL,
    NULL,
    NULL,
    NULL,
    "sure PYBV11; PYBV11 running standard, ADAFRUIT_F405_EXPRESS fits; 16" },
  { "a build of one's own",
    PYBOARD,
    "PYBV11-MINE",
    NULL,
    NULL,
    NULL,
    NULL,
    "sure PYBV11; PYBV11 running, ADAFRUIT_F405_EXPRESS fits; 16" },
  { "a build that is not known",
    PYBOARD,
    "SPECIAL",
    "PYBv1.0 with STM32F405RG",
    NULL,
    NULL,
    NULL,
    "sure PYBV10; PYBV10 running, ADAFRUIT_F405_EXPRESS fits; 16" },
  { "the machine, no device",
    NO_DEVICE,
    NULL,
    "PYBv1.1 with STM32F405RG",
    "1.11",
    NULL,
    NULL,
    "sure PYBV11; PYBV11 running; 1; 1.11" },
  { "chosen before",
    PYBOARD,
    NULL,
    NULL,
    NULL,
    "PYBV10-THREAD",
    NULL,
    "sure PYBV10; PYBV10 remembered THREAD, ADAFRUIT_F405_EXPRESS fits; 16" },
  { "the same twice",
    PYBOARD,
    NULL,
    "PYBv1.1 with STM32F405RG",
    NULL,
    "PYBV11-DP",
    NULL,
    "sure PYBV11; PYBV11 running DP, ADAFRUIT_F405_EXPRESS fits; 16" },
  { "two witnesses, two boards",
    PYBOARD,
    "PYBV11",
    NULL,
    NULL,
    "PYBV10",
    NULL,
    "sure -; PYBV11 running standard, PYBV10 remembered standard; 16; contradiction" },
  { "a board that the device cannot be",
    H743,
    "PYBV11",
    NULL,
    NULL,
    NULL,
    NULL,
    "sure -; NUCLEO_H743ZI fits, NUCLEO_H743ZI2 fits; 6; contradiction" },
  { "a choice for another board with the same serial",
    GIGA,
    NULL,
    NULL,
    NULL,
    "PYBV11",
    NULL,
    "sure -; ARDUINO_GIGA fits; 1; contradiction" },
  { "the flash",
    PYBOARD,
    NULL,
    NULL,
    NULL,
    NULL,
    "MicroPython v1.11-427-gd5cbee3cf-dirty on 2019-10-13; PYBv1.1 with STM32F405RG\r\n",
    "sure PYBV11; PYBV11 memory, ADAFRUIT_F405_EXPRESS fits; 16; 1.11-427-gd5cbee3cf-dirty" },
  { "the flash and what was chosen",
    PYBOARD,
    NULL,
    NULL,
    NULL,
    "PYBV10",
    "PYBv1.1 with STM32F405RG",
    "sure -; PYBV10 remembered standard, PYBV11 memory; 16; contradiction" },
  { "a flash with two names",
    PYBOARD,
    NULL,
    NULL,
    NULL,
    NULL,
    "PYBv1.1 with STM32F405RG\nPYBv1.0 with STM32F405RG",
    "sure -; ADAFRUIT_F405_EXPRESS fits, CERB40 fits; 16" },
};

static char *
choice_text (const JmpChoice *choice)
{
  GString *text = g_string_new ("sure ");

  g_string_append (text, choice->sure != NULL ? choice->sure->board->id : "-");
  for (guint i = 0; i < MIN (choice->candidates->len, 2); i++) {
    const JmpCandidate *candidate = &g_array_index (choice->candidates, JmpCandidate, i);

    g_string_append_printf (text,
                            "%s %s %s",
                            i == 0 ? ";" : ",",
                            candidate->board->id,
                            jmp_reason_to_string (candidate->reason));
    if (candidate->variant_known)
      g_string_append_printf (
          text, " %s", candidate->variant != NULL ? candidate->variant : "standard");
  }
  g_string_append_printf (text, "; %u", choice->candidates->len);
  if (choice->contradiction)
    g_string_append (text, "; contradiction");
  if (choice->version != NULL)
    g_string_append_printf (text, "; %s", choice->version);
  return g_string_free (text, FALSE);
}

static void
test_choose_board (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    const char *map = devices[cases[i].device].layout;
    g_autoptr (JmpLayout) layout = map != NULL ? jmp_layout_parse (map, NULL) : NULL;
    g_autoptr (GPtrArray) alts = g_ptr_array_new ();
    g_autoptr (GBytes) memory = cases[i].memory != NULL
                                    ? g_bytes_new_static (cases[i].memory, strlen (cases[i].memory))
                                    : NULL;
    JmpDfuAlt alt = { .layout = layout };
    JmpDfuInfo info = {
      .vid = devices[cases[i].device].vid,
      .pid = devices[cases[i].device].pid,
      .alts = alts,
    };
    JmpEvidence evidence = {
      .build = cases[i].build,
      .machine = cases[i].machine,
      .version = cases[i].version,
      .remembered = cases[i].remembered,
      .memory = memory,
      .info = cases[i].device != NO_DEVICE ? &info : NULL,
    };
    g_autoptr (JmpChoice) choice = NULL;
    g_autofree char *text = NULL;

    g_ptr_array_add (alts, &alt);
    choice = jmp_choose_board (*state, &evidence);
    text = choice_text (choice);
    if (!g_str_equal (text, cases[i].choice))
      fail_msg ("%s: %s", cases[i].name, text);
  }
}

static void
test_choose_release (void **state)
{
  static const struct {
    const char *variant;
    const char *version;
    const char *file;
  } wanted[] = {
    { NULL, NULL, "PYBV11-20260824-v1.29.0.dfu" },
    { "DP", NULL, "PYBV11-DP-20260824-v1.29.0.dfu" },
    { NULL, "1.20", "PYBV11-20230426-v1.20.0.dfu" },
    { "THREAD", "v1.19.1", "PYBV11-THREAD-20220618-v1.19.1.dfu" },
    { NULL, "1.17", NULL },
    { "OTHER", NULL, NULL },
  };
  JmpFeedQuery query = {
    .catalogue = *state,
    .source = jmp_catalogue_find_source (*state, "micropython"),
    .board = jmp_catalogue_find_board (*state, "PYBV11"),
  };
  g_autoptr (GPtrArray) releases = jmp_feed_parse (&query, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++) {
    JmpRelease *release = jmp_choose_release (
        releases, query.board, wanted[i].variant, wanted[i].version, JMP_CHANNEL_STABLE);

    if (g_strcmp0 (release != NULL ? release->file_name : NULL, wanted[i].file) != 0)
      fail_msg ("%u: %s", i, release != NULL ? release->file_name : "none");
  }
}

static void
test_choose_release_of_a_channel (void **state)
{
  static const char page[] =
      "<a href=\"/resources/firmware/PYBV11-20260824-v1.29.0.dfu\">"
      "<a href=\"/resources/firmware/PYBV11-20260901-v1.30.0-preview.9.gabc.dfu\">"
      "<a href=\"/resources/firmware/PYBV11-20260908-v1.30.0-preview.12.gabc.dfu\">";
  JmpFeedQuery query = {
    .catalogue = *state,
    .source = jmp_catalogue_find_source (*state, "micropython-pages"),
    .board = jmp_catalogue_find_board (*state, "PYBV11"),
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static (page, strlen (page));
  g_autoptr (GPtrArray) releases = jmp_feed_parse (&query, bytes, NULL);
  JmpRelease *stable = jmp_choose_release (releases, query.board, NULL, NULL, JMP_CHANNEL_STABLE);
  JmpRelease *preview = jmp_choose_release (releases, query.board, NULL, NULL, JMP_CHANNEL_PREVIEW);

  assert_string_equal (stable->version, "1.29.0");
  assert_string_equal (preview->version, "1.30.0-preview.12.gabc");
}

/* What is remembered of a choice leads back to it, for every board and build. */
static void
test_choose_remembers (void **state)
{
  GPtrArray *boards = jmp_catalogue_get_boards (*state);

  for (guint i = 0; i < boards->len; i++) {
    JmpBoard *board = boards->pdata[i];

    for (guint n = 0; n <= board->variants->len; n++) {
      const char *variant = n > 0 ? g_array_index (board->variants, JmpWords, n - 1).code : NULL;
      g_autofree char *build = jmp_choose_write_build (board, variant);
      JmpEvidence evidence = { .remembered = build };
      g_autoptr (JmpChoice) choice = jmp_choose_board (*state, &evidence);

      assert_non_null (choice->sure);
      assert_ptr_equal (choice->sure->board, board);
      assert_true (choice->sure->variant_known);
      assert_int_equal (g_strcmp0 (choice->sure->variant, variant), 0);
    }
  }
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_choose_board),
    cmocka_unit_test (test_choose_remembers),
    cmocka_unit_test (test_choose_release),
    cmocka_unit_test (test_choose_release_of_a_channel),
  };

  return cmocka_run_group_tests_name ("core/release/choose", tests, set_up, tear_down);
}
