/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The catalogue that is compiled in. */

#include "assert-text.h"

#include "base/error.h"
#include "board/catalogue.h"
#include "board/json.h"

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

static void
test_catalogue_has_versions_and_sources (void **state)
{
  GArray *versions = jmp_catalogue_get_versions (*state);
  GPtrArray *sources = jmp_catalogue_get_sources (*state);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < versions->len; i++) {
    const JmpStableVersion *version = &g_array_index (versions, JmpStableVersion, i);

    g_string_append_printf (text, "%s %s\n", version->version, version->date);
  }
  for (guint i = 0; i < sources->len; i++) {
    const JmpSource *source = sources->pdata[i];

    g_string_append_printf (
        text, "%s %s %s\n", source->id, jmp_source_kind_to_string (source->kind), source->url);
  }
  assert_lines_equal (text->str,
                      "1.29.0 20260824\n1.28.0 20260406\n1.27.0 20251209\n1.26.1 20250911\n"
                      "1.26.0 20250809\n1.25.0 20250415\n1.24.1 20241129\n1.24.0 20241025\n"
                      "1.23.0 20240602\n1.22.2 20240222\n1.22.1 20240105\n1.22.0 20231227\n"
                      "1.21.0 20231005\n1.20.0 20230426\n1.19.1 20220618\n1.18 20220117\n"
                      "micropython template https://micropython.org/resources/firmware/{file}\n"
                      "micropython-pages links https://micropython.org/download/{board}/\n"
                      "arduino arduino https://downloads.arduino.cc/micropython/index.json\n");
  assert_string_equal (jmp_catalogue_get_generated (*state), "2026-11-21");
}

/* Which boards are refused or warned about, and why. */
static void
test_catalogue_advice (void **state)
{
  GPtrArray *boards = jmp_catalogue_get_boards (*state);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < boards->len; i++) {
    JmpBoard *board = boards->pdata[i];

    for (guint n = 0; n < board->advice->len; n++) {
      const JmpAdvice *advice = &g_array_index (board->advice, JmpAdvice, n);

      assert_non_null (advice->reason.words);
      if (advice->kind != JMP_ADVICE_NOTE)
        g_string_append_printf (text,
                                "%s %s %s\n",
                                jmp_advice_kind_to_string (advice->kind),
                                board->id,
                                advice->reason.code);
    }
  }
  assert_lines_equal (text->str,
                      "refuse ESPRUINO_PICO espruino_loader\n"
                      "refuse LEGO_HUB_NO6 lego_loader\n"
                      "refuse LEGO_HUB_NO7 lego_loader\n"
                      "refuse NUCLEO_F091RC no_usb_chip\n"
                      "warn NUCLEO_F401RE no_usb\n"
                      "warn NUCLEO_F411RE no_usb\n"
                      "warn NUCLEO_F446RE no_usb\n"
                      "warn NUCLEO_G0B1RE no_usb\n"
                      "warn NUCLEO_G474RE no_usb\n"
                      "warn NUCLEO_L073RZ no_usb\n"
                      "warn NUCLEO_L152RE no_usb\n"
                      "warn NUCLEO_L432KC no_usb\n"
                      "warn NUCLEO_L452RE no_usb\n"
                      "warn NUCLEO_WB55 radio_stack\n"
                      "refuse NUCLEO_WL55 no_usb_chip\n"
                      "warn USBDONGLE_WB55 radio_stack\n"
                      "warn VCC_GND_F407VE half_flash\n"
                      "warn SPARK_CORE particle_keys\n"
                      "warn PHOTON particle_keys\n"
                      "warn P1 particle_keys\n"
                      "warn ELECTRON particle_keys\n");
}

static void
test_catalogue_finds_by_name (void **state)
{
  static const struct {
    const char *name;
    const char *id;
  } names[] = {
    { "PYBV11", "PYBV11" },
    { "pybv11", "PYBV11" },
    { "PYBD-SF2", "PYBD_SF2" },
    { "pybd-sf6", "PYBD_SF6" },
    { "MIKROE-QUAIL", "MIKROE_QUAIL" },
    { "Spark_Core", "SPARK_CORE" },
    { "PYBV1", NULL },
    { "", NULL },
    { "PYBV11-DP", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++) {
    JmpBoard *board = jmp_catalogue_find_board (*state, names[i].name);

    if (g_strcmp0 (board != NULL ? board->id : NULL, names[i].id) != 0)
      fail_msg ("%s: %s", names[i].name, board != NULL ? board->id : "none");
  }
}

static void
test_catalogue_finds_by_machine (void **state)
{
  static const struct {
    const char *machine;
    const char *id;
  } machines[] = {
    { "PYBv1.1 with STM32F405RG", "PYBV11" },
    { "PYBv1.0 with STM32F405RG", "PYBV10" },
    { "pybv1.1", "PYBV11" },
    { "PYBLITEv1.0 with STM32F411RE", "PYBLITEV10" },
    { "PYBD-SF2W with STM32F722IEK", "PYBD_SF2" },
    { "NUCLEO_H743ZI2 with STM32H743", "NUCLEO_H743ZI2" },
    { "Arduino GIGA R1 WiFi with STM32H747", "ARDUINO_GIGA" },
    { "PYBv1.1 with STM32F411RE", NULL },
    { "Raspberry Pi Pico with RP2040", NULL },
    { " with ", NULL },
    { "", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (machines); i++) {
    JmpBoard *board = jmp_catalogue_find_by_machine (*state, machines[i].machine);

    if (g_strcmp0 (board != NULL ? board->id : NULL, machines[i].id) != 0)
      fail_msg ("%s: %s", machines[i].machine, board != NULL ? board->id : "none");
  }
}

static void
test_catalogue_finds_by_build (void **state)
{
  static const struct {
    const char *build;
    const char *found;
  } builds[] = {
    { "PYBV11", "PYBV11" },
    { "PYBV11-DP", "PYBV11 DP" },
    { "PYBV11-DP_THREAD", "PYBV11 DP_THREAD" },
    { "pybv11-dp-thread", "PYBV11 DP_THREAD" },
    { "pyblitev10-network", "PYBLITEV10 NETWORK" },
    { "PYBD-SF2", "PYBD_SF2" },
    { "PYBD_SF2", "PYBD_SF2" },
    { "PYBV11-NEWER", "PYBV11 NEWER" },
    { "WEACT_F411_BLACKPILL-V31_XTAL_8M", "WEACT_F411_BLACKPILL V31_XTAL_8M" },
    { "PYBV9-DP", "none" },
    { "-", "none" },
    { "", "none" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (builds); i++) {
    g_autofree char *variant = NULL;
    JmpBoard *board = jmp_catalogue_find_by_build (*state, builds[i].build, &variant);
    g_autofree char *found = g_strjoin (variant != NULL ? " " : "",
                                        board != NULL ? board->id : "none",
                                        variant != NULL ? variant : "",
                                        NULL);

    if (!g_str_equal (found, builds[i].found))
      fail_msg ("%s: %s", builds[i].build, found);
  }
}

static void
test_catalogue_finds_by_usb_ids (void **state)
{
  g_autoptr (GPtrArray) rom = jmp_catalogue_find_by_dfu_id (*state, 0x0483, 0xDF11);
  g_autoptr (GPtrArray) opta = jmp_catalogue_find_by_dfu_id (*state, 0x35D1, 0x0364);
  g_autoptr (GPtrArray) spark = jmp_catalogue_find_by_dfu_id (*state, 0x1D50, 0x607F);
  g_autoptr (GPtrArray) giga = jmp_catalogue_find_by_normal_id (*state, 0x2341, 0x0566);
  g_autoptr (GPtrArray) pyboards = jmp_catalogue_find_by_normal_id (*state, 0xF055, 0x980A);
  g_autoptr (GPtrArray) none = jmp_catalogue_find_by_dfu_id (*state, 0x1234, 0x5678);

  assert_int_equal (rom->len, 70);
  assert_int_equal (opta->len, 1);
  assert_string_equal (((JmpBoard *)opta->pdata[0])->id, "ARDUINO_OPTA");
  assert_int_equal (spark->len, 2);
  assert_int_equal (giga->len, 1);
  assert_true (pyboards->len > 50);
  assert_int_equal (none->len, 0);
}

/* What the facts were taken from, where it is at hand: every board that is published has its ids, its
 * size and the addresses of its firmware in the catalogue. */
static void
check_board (JmpCatalogue *catalogue, JsonObject *fact)
{
  const char *id = json_object_get_string_member (fact, "id");
  JmpBoard *board = jmp_catalogue_find_board (catalogue, id);
  JsonArray *elements = jmp_json_get_array (fact, "dfu_elements");
  g_autofree char *ids = NULL;
  const JmpUsbId *first;

  if (board == NULL)
    fail_msg ("%s is not in the catalogue", id);
  first = &g_array_index (board->dfu_ids, JmpUsbId, 0);
  ids = g_strdup_printf ("%04x:%04x", first->vid, first->pid);
  assert_string_equal (ids, json_object_get_string_member (fact, "dfu_id"));
  assert_int_equal (board->flash_size, json_object_get_int_member (fact, "flash_size"));
  assert_string_equal (board->machine, json_object_get_string_member (fact, "name"));
  assert_int_equal (board->elements->len, json_array_get_length (elements));
  for (guint i = 0; i < board->elements->len; i++)
    assert_int_equal (g_array_index (board->elements, guint32, i),
                      g_ascii_strtoull (json_array_get_string_element (elements, i), NULL, 16));
  assert_int_equal (board->variants->len,
                    json_object_get_size (json_object_get_object_member (fact, "variants")));
  assert_true (board->entries->len > 0);
}

static void
test_catalogue_has_every_published_board (void **state)
{
  const char *folder = g_getenv ("JMP_FIRMWARE_DIR");
  g_autofree char *path = folder != NULL
                              ? g_build_filename (folder, "..", "data", "boards.json", NULL)
                              : NULL;
  g_autoptr (JsonParser) parser = json_parser_new ();
  JsonArray *facts;
  guint published = 0;

  if (path == NULL || !json_parser_load_from_file (parser, path, NULL))
    skip ();
  facts = json_object_get_array_member (json_node_get_object (json_parser_get_root (parser)),
                                        "boards");
  for (guint i = 0; i < json_array_get_length (facts); i++) {
    JsonObject *fact = json_array_get_object_element (facts, i);

    if (!json_object_get_boolean_member (fact, "published"))
      continue;
    check_board (*state, fact);
    published++;
  }
  assert_int_equal (published, 76);
  assert_int_equal (jmp_catalogue_get_boards (*state)->len, published + 4);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_catalogue_has_versions_and_sources),
    cmocka_unit_test (test_catalogue_advice),
    cmocka_unit_test (test_catalogue_finds_by_name),
    cmocka_unit_test (test_catalogue_finds_by_machine),
    cmocka_unit_test (test_catalogue_finds_by_build),
    cmocka_unit_test (test_catalogue_finds_by_usb_ids),
    cmocka_unit_test (test_catalogue_has_every_published_board),
  };

  return cmocka_run_group_tests_name ("core/board/catalogue", tests, set_up, tear_down);
}
