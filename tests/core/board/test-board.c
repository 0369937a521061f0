/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "board/catalogue.h"

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

static char *
list_regions (JmpBoard *board)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < board->regions->len; i++) {
    const JmpRegion *region = &g_array_index (board->regions, JmpRegion, i);

    g_string_append_printf (text,
                            "%u 0x%08x +0x%x %s%s: %s\n",
                            region->alt,
                            region->address,
                            region->size,
                            jmp_region_kind_to_string (region->kind),
                            region->reserved ? ", reserved" : "",
                            region->name);
  }
  return g_string_free (text, FALSE);
}

static void
test_board_regions_of_a_pyboard (void **state)
{
  JmpBoard *board = jmp_catalogue_find_board (*state, "PYBV11");
  g_autofree char *regions = list_regions (board);

  assert_lines_equal (regions,
                      "0 0x08000000 +0x4000 vectors: vectors\n"
                      "0 0x08004000 +0x1c000 files: PYBFLASH\n"
                      "0 0x08020000 +0xe0000 code: code\n");
  assert_string_equal (jmp_board_find_region (board, 0, 0x08004000)->name, "PYBFLASH");
  assert_string_equal (jmp_board_find_region (board, 0, 0x0801FFFF)->name, "PYBFLASH");
  assert_string_equal (jmp_board_find_region (board, 0, 0x080FFFFF)->name, "code");
  assert_null (jmp_board_find_region (board, 0, 0x08100000));
  assert_null (jmp_board_find_region (board, 0, 0x07FFFFFF));
  assert_null (jmp_board_find_region (board, 1, 0x08004000));
}

/* The keys of a Spark Core, which cannot be had again. */
static void
test_board_regions_of_a_spark_core (void **state)
{
  g_autofree char *regions = list_regions (jmp_catalogue_find_board (*state, "SPARK_CORE"));

  assert_lines_equal (regions,
                      "0 0x08000000 +0x4c00 boot-loader, reserved: Spark boot loader\n"
                      "0 0x08004c00 +0x400 keys, reserved: boot loader flags\n"
                      "0 0x08005000 +0x1b000 code: application\n"
                      "1 0x00001000 +0x1000 keys, reserved: server public key\n"
                      "1 0x00002000 +0x1000 keys, reserved: device private key\n"
                      "1 0x00020000 +0x20000 update, reserved: factory firmware\n"
                      "1 0x00040000 +0x20000 update, reserved: backup firmware\n"
                      "1 0x00060000 +0x20000 update, reserved: update over the air\n"
                      "1 0x00080000 +0x180000 files: user data\n");
}

/* No board's firmware may go to a place that is reserved. */
static void
test_board_firmware_stays_out_of_reserved_regions (void **state)
{
  GPtrArray *boards = jmp_catalogue_get_boards (*state);

  for (guint i = 0; i < boards->len; i++) {
    JmpBoard *board = boards->pdata[i];

    for (guint n = 0; n < board->elements->len; n++) {
      const JmpRegion *region = jmp_board_find_region (
          board, 0, g_array_index (board->elements, guint32, n));

      if (region == NULL || region->reserved)
        fail_msg ("%s, element %u: %s", board->id, n, region != NULL ? region->name : "nowhere");
    }
  }
}

static void
test_board_variants (void **state)
{
  JmpBoard *board = jmp_catalogue_find_board (*state, "PYBV11");

  assert_int_equal (board->variants->len, 4);
  assert_string_equal (g_array_index (board->variants, JmpWords, 0).code, "DP");
  assert_string_equal (jmp_board_find_variant (board, "dp-thread"), "DP_THREAD");
  assert_string_equal (jmp_board_find_variant (board, "network"), "NETWORK");
  assert_null (jmp_board_find_variant (board, "DP_"));
  assert_null (jmp_board_find_variant (board, ""));
  assert_int_equal (jmp_board_get_advice (board), JMP_ADVICE_NOTE);
  assert_int_equal (jmp_board_get_advice (jmp_catalogue_find_board (*state, "LEGO_HUB_NO6")),
                    JMP_ADVICE_REFUSE);
  assert_true (jmp_board_has_source (board, "micropython"));
  assert_false (jmp_board_has_source (board, "arduino"));
}

#define F405 "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg"
#define F42X "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg,04*016Kg,01*064Kg,07*128Kg"
#define SF2  F405 "/0x80000000/64*32Kg/0x90000000/64*32Kg"

/* A device, and which boards it can be. */
static const struct {
  const char *name;
  guint16 vid;
  guint16 pid;
  const char *manufacturer;
  const char *layout;
  const char *fitting;
} devices[] = {
  { "a pyboard, among others",
    0x0483,
    0xDF11,
    "STMicroelectronics",
    F405,
    "ADAFRUIT_F405_EXPRESS CERB40 GARATRONIC_NADHAT_F405 GARATRONIC_PYMATE_CORE8ADI8DOSC HYDRABUS "
    "MIKROE_CLICKER2_STM32 NETDUINO_PLUS_2 NUCLEO_F412ZG OLIMEX_E407 OLIMEX_H407 PYBV10 PYBV11 "
    "SPARKFUN_MICROMOD_STM32 STM32F4DISC VCC_GND_F407VE VCC_GND_F407ZG" },
  { "an F411",
    0x0483,
    0xDF11,
    "STMicroelectronics",
    "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,03*128Kg",
    "ESPRUINO_PICO GARATRONIC_PYBSTICK26_F411 GARATRONIC_PYMATE_CORE8ADI8DOSC NUCLEO_F401RE "
    "NUCLEO_F411RE NUCLEO_F446RE NUCLEO_F722ZE PYBLITEV10 STM32F411DISC VCC_GND_F407VE "
    "WEACT_F411_BLACKPILL" },
  { "two banks",
    0x0483,
    0xDF11,
    NULL,
    F42X,
    "MIKROE_QUAIL NUCLEO_F429ZI NUCLEO_F439ZI STM32F429DISC STM32F439 STM32F469DISC" },
  { "an H743",
    0x0483,
    0xDF11,
    "STMicroelectronics",
    "@Internal Flash   /0x08000000/16*128Kg",
    "NUCLEO_H743ZI NUCLEO_H743ZI2 NUCLEO_H753ZI STM32H747I_DISCO VCC_GND_H743VI "
    "WEACTSTUDIO_MINI_STM32H743" },
  { "a D-series pyboard", 0x0483, 0xDF11, "MicroPython", SF2, "PYBD_SF2 PYBD_SF3" },
  { "a D-series pyboard, larger",
    0x0483,
    0xDF11,
    "MicroPython",
    "@Internal Flash  /0x08000000/04*032Kg,01*128Kg,07*256Kg/0x80000000/512*4Kg/0x90000000/512*4Kg",
    "PYBD_SF6" },
  { "an F405 with mboot", 0x0483, 0xDF11, "MicroPython", F405, "" },
  { "a Giga",
    0x2341,
    0x0366,
    "Arduino",
    "@Internal Flash  2MB   /0x08000000/01*128Ka,15*128Kg",
    "ARDUINO_GIGA" },
  { "an L073",
    0x0483,
    0xDF11,
    NULL,
    "@Internal Flash  /0x08000000/1536*128g",
    "B_L072Z_LRWAN1 NUCLEO_L073RZ" },
  { "a Spark Core",
    0x1D50,
    0x607F,
    "Particle",
    "@Internal Flash  /0x08000000/20*001Ka,108*001Kg",
    "SPARK_CORE" },
  { "an early Photon",
    0x1D50,
    0x607F,
    "Particle",
    "@Internal Flash   /0x08000000/03*016Ka,01*016Kg,01*064Kg,07*128Kg",
    "PHOTON" },
  { "an F072", 0x0483, 0xDF11, NULL, "@Internal Flash  /0x08000000/064*0002Kg", "" },
  { "no internal flash", 0x0483, 0xDF11, NULL, "@Flash /0x90000000/64*4Kg", "" },
  { "another vendor", 0x1234, 0xDF11, NULL, F405, "" },
};

static char *
list_fitting (JmpCatalogue *catalogue, const JmpDfuInfo *info)
{
  g_autoptr (GPtrArray) boards = jmp_catalogue_find_fitting (catalogue, info);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < boards->len; i++) {
    JmpBoard *board = boards->pdata[i];

    assert_int_equal (jmp_board_fits (board, info), JMP_FIT_MAP);
    g_string_append_printf (text, "%s%s", i > 0 ? " " : "", board->id);
  }
  return g_string_free (text, FALSE);
}

static void
test_board_fits_a_device (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (devices); i++) {
    g_autoptr (JmpLayout) layout = jmp_layout_parse (devices[i].layout, NULL);
    g_autoptr (GPtrArray) alts = g_ptr_array_new ();
    JmpDfuAlt alt = { .layout = layout };
    JmpDfuAlt option_bytes = { .alt = 1 };
    JmpDfuInfo info = {
      .vid = devices[i].vid,
      .pid = devices[i].pid,
      .manufacturer = (char *)devices[i].manufacturer,
      .alts = alts,
    };
    g_autofree char *fitting = NULL;

    g_ptr_array_add (alts, &option_bytes);
    g_ptr_array_add (alts, &alt);
    fitting = list_fitting (*state, &info);
    if (!g_str_equal (fitting, devices[i].fitting))
      fail_msg ("%s: %s", devices[i].name, fitting);
  }
}

/* Without a memory map only the ids speak. */
static void
test_board_fits_without_a_map (void **state)
{
  g_autoptr (GPtrArray) alts = g_ptr_array_new ();
  JmpDfuInfo info = { .vid = 0x0483, .pid = 0xDF11, .alts = alts };

  assert_int_equal (jmp_board_fits (jmp_catalogue_find_board (*state, "PYBV11"), &info),
                    JMP_FIT_IDS);
  assert_int_equal (jmp_board_fits (jmp_catalogue_find_board (*state, "ARDUINO_GIGA"), &info),
                    JMP_FIT_NO);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_board_regions_of_a_pyboard),
    cmocka_unit_test (test_board_regions_of_a_spark_core),
    cmocka_unit_test (test_board_firmware_stays_out_of_reserved_regions),
    cmocka_unit_test (test_board_variants),
    cmocka_unit_test (test_board_fits_a_device),
    cmocka_unit_test (test_board_fits_without_a_map),
  };

  return cmocka_run_group_tests_name ("core/board/board", tests, set_up, tear_down);
}
