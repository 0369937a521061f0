/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "device/practice.h"
#include "words/words-regions.h"

static void
test_words_regions_name_every_kind (void **state)
{
  for (JmpRegionKind kind = JMP_REGION_VECTORS; kind <= JMP_REGION_FEATURES; kind++) {
    const char *name = jmp_words_region_kind (kind);
    const char *reason = jmp_words_region_reason (kind);

    assert_true (g_ascii_isupper (*name) && name[strlen (name) - 1] != '.');
    assert_true (g_str_has_suffix (reason, "."));
    for (JmpRegionKind other = JMP_REGION_VECTORS; other < kind; other++)
      assert_string_not_equal (name, jmp_words_region_kind (other));
  }
}

static void
test_words_regions_keep_a_name_of_its_own (void **state)
{
  const JmpRegion files = { .kind = JMP_REGION_FILES, .name = (char *)"PYBFLASH" };
  const JmpRegion plain = { .kind = JMP_REGION_FILES, .name = (char *)"files" };
  const JmpRegion key = { .kind = JMP_REGION_KEYS, .name = (char *)"device private key" };

  assert_string_equal (jmp_words_region (&files), "PYBFLASH");
  assert_string_equal (jmp_words_region (&plain), "Files");
  assert_string_equal (jmp_words_region (&key), "Keys");
}

static void
test_words_regions_say_what_would_be_changed (void **state)
{
  const JmpGuardRegion region = {
    .alt = 1, .address = 0x2000, .length = 0x1000, .name = "device private key", .code = "keys"
  };
  const JmpGuardHit hit = { .region = &region, .address = 0x2000, .length = 0x1000 };
  g_autofree char *text = jmp_words_guard_hit (&hit);

  assert_string_equal (text,
                       "“device private key” is protected, and 0x00002000–0x00002FFF of it (alt 1) "
                       "would be changed. These keys belong to this one board and cannot be had "
                       "again.");
}

static JmpDfuInfo *
pyboard_info (void)
{
  g_autoptr (JmpDevice) device = jmp_practice_device_parse ("virtual:pyboard,speed=0", NULL);

  return jmp_dfu_info_ref (jmp_device_get_info (device));
}

static void
test_words_regions_describe_option_bytes (void **state)
{
  static const guint8 delivered[] = { 0xED, 0xAA, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                      0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF };
  g_autoptr (JmpDfuInfo) info = pyboard_info ();
  g_autofree guint8 *data = g_memdup2 (delivered, sizeof delivered);
  g_autoptr (GBytes) bytes = g_bytes_new_static (delivered, sizeof delivered);
  g_autoptr (JmpOptionBytes) options = jmp_option_bytes_decode (info, bytes);
  g_autoptr (GBytes) changed = NULL;
  g_autoptr (JmpOptionBytes) locked = NULL;
  g_autofree char *none = jmp_words_write_protection (options);
  g_autofree char *settings = jmp_words_options (options);
  g_autofree char *some = NULL;

  assert_string_equal (none, "No sector is protected against writing.");
  assert_string_equal (settings,
                       "Option bytes (STM32F2/F4): BOR_LEV=3, WDG_SW=1, nRST_STOP=1, nRST_STDBY=1");
  data[8] = 0xFA;
  changed = g_bytes_new (data, sizeof delivered);
  locked = jmp_option_bytes_decode (info, changed);
  some = jmp_words_write_protection (locked);
  assert_string_equal (some,
                       "Protected against writing: 0x08000000–0x08003FFF, 0x08008000–0x0800BFFF.");
}

static void
test_words_regions_protection (void **state)
{
  const JmpProtection read = { .state = JMP_PROTECTION_READ };
  const JmpProtection unknown = { .state = JMP_PROTECTION_UNKNOWN };
  const JmpProtection open = { .state = JMP_PROTECTION_OPEN };

  assert_non_null (strstr (jmp_words_protection (&read), "erases everything"));
  assert_non_null (strstr (jmp_words_protection (&unknown), "not known"));
  assert_non_null (strstr (jmp_words_protection (&open), "can be read"));
  assert_non_null (strstr (jmp_words_unprotect_loss (), "its files"));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_words_regions_name_every_kind),
    cmocka_unit_test (test_words_regions_keep_a_name_of_its_own),
    cmocka_unit_test (test_words_regions_say_what_would_be_changed),
    cmocka_unit_test (test_words_regions_describe_option_bytes),
    cmocka_unit_test (test_words_regions_protection),
  };

  return cmocka_run_group_tests (tests, NULL, NULL);
}
