/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "descriptors-text.h"

#include "base/error.h"
#include "dfu/info.h"

#include <string.h>

/* Devices of every shape, to be cut and scrambled. */
static const char *const shapes[] = {
  F405,
  DEVICE_ROM CONFIGURATION FUNCTIONAL ALT ("00", "00"),
  DEVICE_ROM CONFIGURATION HID ALT ("00", "00") HID FUNCTIONAL,
  DEVICE_ROM CONFIGURATION ALT ("00", "00") "07 21 03 e8 03 40 00 " ALT ("01", "00"),
  DEVICE_ROM CONFIGURATION ALT ("00", "00") "07 21 0b ff 00 00 08 1a 01 " ALT ("01", "00"),
  DEVICE_ROM CONFIGURATION ALT ("00", "00") "09 21 03 e8 03 40 00 " ALT ("01", "00"),
  DEVICE_ROM CONFIGURATION ALT ("00", "00") "ff 21 0b ff 00 ff ff 1a 01 " ALT ("01", "00"),
  DEVICE_ROM CONFIGURATION CDC ENDPOINT HID "09 04 02 00 00 fe 01 01 00 09 21 0b ff 00 00 08 10 01 "
                                            "09 04 03 05 00 fe 01 02 00 " FUNCTIONAL,
};

static void
test_descriptors_refuses_what_is_not_dfu (void **state)
{
  static const struct {
    const char *name;
    const char *hex;
  } rows[] = {
    { "nothing", "" },
    { "device descriptor alone", DEVICE_ROM },
    { "cut device descriptor", "12 01 00 01" },
    { "not a device descriptor", CONFIGURATION F405 },
    { "HID alone", DEVICE_ROM CONFIGURATION HID },
    { "vendor class", DEVICE_ROM CONFIGURATION "09 04 00 00 00 ff 01 02 00 " FUNCTIONAL },
    { "class FE, another subclass",
      DEVICE_ROM CONFIGURATION "09 04 00 00 00 fe 03 01 00 " FUNCTIONAL },
    { "interface cut off", DEVICE_ROM CONFIGURATION "09 04 00 00 00 fe 01 02 " },
    { "length 0 before it", DEVICE_ROM "00 02 " ALT ("00", "00") },
    { "Atmel FLIP",
      "12 01 00 02 00 00 00 40 eb 03 f4 2f 00 00 00 00 00 01 " CONFIGURATION ALT ("00", "00")
          FUNCTIONAL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint8 data[512];
    gsize size = descriptors_from_hex (rows[i].hex, data, sizeof data);
    g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpDfuInfo) info = jmp_dfu_info_parse (bytes, &error);

    if (info != NULL)
      fail_msg ("%s: was taken", rows[i].name);
    assert_error (error, JMP_ERROR, JMP_ERROR_NOT_SUPPORTED, NULL);
  }
}

#define RUN_TIME "09 04 02 00 00 fe 01 01 00 " FUNCTIONAL

static void
test_descriptors_tell_gadgets (void **state)
{
  static const struct {
    const char *name;
    const char *hex;
    gboolean is_gadget;
  } rows[] = {
    { "a boot loader", DEVICE_ROM CONFIGURATION ALT ("00", "00") FUNCTIONAL, FALSE },
    { "a serial port", DEVICE_ROM CONFIGURATION CDC RUN_TIME, FALSE },
    { "a class of the vendor",
      DEVICE_ROM CONFIGURATION "09 04 00 00 00 ff 00 00 00 " RUN_TIME,
      FALSE },
    { "a keyboard", DEVICE_ROM CONFIGURATION HID RUN_TIME, TRUE },
    { "a headset behind it",
      DEVICE_ROM CONFIGURATION RUN_TIME "09 04 00 00 00 01 01 00 00 ",
      TRUE },
    { "a radio", DEVICE_ROM CONFIGURATION "09 04 00 00 00 e0 01 01 00 " RUN_TIME, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    guint8 data[512];
    gsize size = descriptors_from_hex (rows[i].hex, data, sizeof data);
    g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpDfuInfo) info = jmp_dfu_info_parse (bytes, &error);

    assert_no_error (error);
    if (info->is_gadget != rows[i].is_gadget)
      fail_msg ("%s", rows[i].name);
  }
}

static void
check_bytes (const guint8 *data, gsize size)
{
  g_autofree guint8 *exact = g_memdup2 (data, size);
  g_autoptr (GBytes) bytes = g_bytes_new_static (exact, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpDfuInfo) info = jmp_dfu_info_parse (bytes, &error);

  assert_true ((info == NULL) == (error != NULL));
  if (info != NULL) {
    assert_in_range (info->transfer_size, 8, JMP_USB_MAX_CONTROL);
    assert_in_range (info->alts->len, 1, 256);
  }
}

static void
test_descriptors_survives_every_cut (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (shapes); i++) {
    guint8 data[512];
    gsize size = descriptors_from_hex (shapes[i], data, sizeof data);

    for (gsize n = 0; n <= size; n++)
      check_bytes (data, n);
  }
}

static void
test_descriptors_survives_random_bytes (void **state)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (2026);

  for (guint round = 0; round < 20000; round++) {
    guint8 data[512];
    const char *shape = shapes[g_rand_int_range (rand, 0, G_N_ELEMENTS (shapes))];
    gsize size = descriptors_from_hex (shape, data, sizeof data);

    for (gint hits = g_rand_int_range (rand, 1, 12); hits > 0; hits--)
      data[g_rand_int_range (rand, 0, (gint)size)] = (guint8)g_rand_int (rand);
    check_bytes (data, size);
  }
}

static void
test_descriptors_takes_every_alt_setting (void **state)
{
  guint8 data[18 + 300 * 9];
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JmpDfuInfo) info = NULL;

  descriptors_from_hex (DEVICE_ROM, data, sizeof data);
  for (guint i = 0; i < 300; i++) {
    const guint8 alt[9] = { 9, 4, 0, (guint8)i, 0, 0xFE, 1, 2, 0 };

    memcpy (data + 18 + 9 * i, alt, sizeof alt);
  }
  bytes = g_bytes_new_static (data, sizeof data);
  info = jmp_dfu_info_parse (bytes, NULL);
  assert_non_null (info);
  assert_int_equal (info->alts->len, 256);
  assert_int_equal (jmp_dfu_info_find_alt (info, 255)->alt, 255);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_descriptors_refuses_what_is_not_dfu),
    cmocka_unit_test (test_descriptors_tell_gadgets),
    cmocka_unit_test (test_descriptors_survives_every_cut),
    cmocka_unit_test (test_descriptors_survives_random_bytes),
    cmocka_unit_test (test_descriptors_takes_every_alt_setting),
  };

  return cmocka_run_group_tests_name ("core/dfu/descriptors", tests, NULL, NULL);
}
