/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "image-text.h"
#include "image/dfuse-file.h"
#include "image/pack.h"
#include "image/reader.h"

/* One input; @size 0 ends the list. */
typedef struct {
  const char *name;
  guint8 alt;
  guint32 address;
  gsize size;
  guint8 first;
} Input;

static JmpImage *
pack (const Input *inputs, GError **error)
{
  g_autoptr (JmpPacker) packer = jmp_packer_new ();

  for (; inputs->size != 0; inputs++) {
    g_autofree guint8 *data = g_malloc (inputs->size);
    g_autoptr (GBytes) bytes = NULL;

    for (gsize i = 0; i < inputs->size; i++)
      data[i] = (guint8)(inputs->first + i);
    bytes = g_bytes_new (data, inputs->size);
    if (!jmp_packer_add_bytes (packer, bytes, inputs->alt, inputs->address, inputs->name, error))
      return NULL;
  }
  return jmp_packer_end (g_steal_pointer (&packer), error);
}

#define HEAD "dfuse crc=none FFFF:FFFF\nalt 0 (unnamed)\n"

static void
test_pack_joins (void **state)
{
  static const struct {
    const char *name;
    Input inputs[4];
    const char *image;
  } cases[] = {
    { "whole units stay what they are",
      { { "a", 0, 0x08000000, 64, 1 } },
      HEAD "  0x08000000 +64 01..40" },
    { "the end is filled", { { "a", 0, 0x08000000, 5, 1 } }, HEAD "  0x08000000 +32 01..FF" },
    { "the start too", { { "a", 0, 0x08000011, 15, 1 } }, HEAD "  0x08000000 +32 FF..0F" },
    { "two far apart",
      { { "b", 0, 0x08080000, 32, 2 }, { "a", 0, 0x08000000, 32, 1 } },
      HEAD "  0x08000000 +32 01..20\n  0x08080000 +32 02..21" },
    { "two in one unit become one segment",
      { { "a", 0, 0x08000000, 5, 1 }, { "b", 0, 0x08000010, 4, 0x80 } },
      HEAD "  0x08000000 +32 01..FF" },
    { "two that touch between units",
      { { "a", 0, 0x08000000, 32, 1 }, { "b", 0, 0x08000020, 1, 2 } },
      HEAD "  0x08000000 +32 01..20\n  0x08000020 +32 02..FF" },
    { "two that touch inside a unit",
      { { "a", 0, 0x08000000, 40, 1 }, { "b", 0, 0x08000028, 24, 2 } },
      HEAD "  0x08000000 +64 01..19" },
    { "other memories get just their bytes",
      { { "a", 1, 0x00080001, 3, 1 }, { "b", 0, 0x90000001, 3, 1 } },
      "dfuse crc=none FFFF:FFFF\nalt 0 (unnamed)\n  0x90000001 +3 01..03\n"
      "alt 1 (unnamed)\n  0x00080001 +3 01..03" },
    { "the same address of two alt settings",
      { { "a", 0, 0x08000000, 32, 1 }, { "b", 1, 0x08000000, 32, 2 } },
      HEAD "  0x08000000 +32 01..20\nalt 1 (unnamed)\n  0x08000000 +32 02..21" },
    { "the last byte of 4 GiB", { { "a", 0, 0xFFFFFFFF, 1, 7 } }, HEAD "  0xFFFFFFFF +1 07..07" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpImage) image = pack (cases[i].inputs, &error);
    g_autofree char *text = NULL;

    if (image == NULL)
      fail_msg ("%s: %s", cases[i].name, error->message);
    text = image_text (image);
    assert_lines_equal (text, cases[i].image);
  }
}

static void
test_pack_fills_with_blank (void **state)
{
  static const Input inputs[] = { { "a", 0, 0x08000002, 2, 1 },
                                  { "b", 0, 0x08000008, 1, 9 },
                                  { NULL } };
  static const guint8 expected[32] = { 0xFF, 0xFF, 1,    2,    0xFF, 0xFF, 0xFF, 0xFF,
                                       9,    0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                       0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF,
                                       0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF };
  g_autoptr (JmpImage) image = pack (inputs, NULL);

  assert_memory_equal (g_bytes_get_data (jmp_image_get_target (image, 0)->segments[0].bytes, NULL),
                       expected,
                       sizeof expected);
}

static void
test_pack_refuses (void **state)
{
  static const struct {
    const char *name;
    Input inputs[3];
    const char *message;
  } cases[] = {
    { "nothing", { { NULL } }, "there are no bytes" },
    { "overlap",
      { { "firmware.dfu", 0, 0x08000000, 0x100, 0 }, { "assets.bin", 0, 0x080000F0, 0x100, 0 } },
      "firmware.dfu and assets.bin overlap: both have bytes for 0x080000F0-0x080000FF of alt "
      "setting 0" },
    { "one inside the other",
      { { "a", 3, 0x100, 0x100, 0 }, { "b", 3, 0x110, 0x10, 0 } },
      "a and b overlap: both have bytes for 0x00000110-0x0000011F of alt setting 3" },
    { "4 GiB", { { "a", 0, 0xFFFFFFFF, 2, 0 } }, "a: its bytes pass 4 GiB" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autoptr (GError) error = NULL;

    if (pack (cases[i].inputs, &error) != NULL)
      fail_msg ("%s: accepted", cases[i].name);
    assert_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, cases[i].message);
  }
}

static JmpImage *
make_image (guint16 pid, const char *target)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GBytes) bytes = g_bytes_new_static ("0123456789abcdef0123456789abcdef", 32);

  jmp_image_builder_set_ids (builder, 0x0483, pid, 0x2200);
  jmp_image_builder_name_target (builder, 0, target);
  jmp_image_builder_add (builder, 0, 0x08000000, bytes, NULL);
  return jmp_image_builder_end (g_steal_pointer (&builder), NULL);
}

/* Ids and names of the firmware stay; what is written is read as the same. */
static void
test_pack_firmware_and_assets (void **state)
{
  g_autoptr (JmpImage) firmware = make_image (0xDF11, "ST...");
  g_autoptr (GBytes) assets = g_bytes_new_static ("assets", 6);
  g_autoptr (JmpPacker) packer = jmp_packer_new ();
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (JmpImage) again = NULL;
  g_autoptr (GBytes) file = NULL;
  g_autofree char *text = NULL;
  g_autoptr (GArray) files = NULL;

  assert_true (jmp_packer_add_image (packer, firmware, "firmware.dfu", NULL));
  assert_true (jmp_packer_add_bytes (packer, assets, 0, 0x08080000, "assets.bin", NULL));
  image = jmp_packer_end (g_steal_pointer (&packer), NULL);
  file = jmp_dfuse_file_write (image, NULL);
  again = jmp_image_read (file, NULL, NULL);
  text = image_text (again);
  assert_lines_equal (text,
                      "dfuse crc=ok 0483:DF11\n"
                      "alt 0 ST...\n"
                      "  0x08000000 +32 30..66\n"
                      "  0x08080000 +32 61..FF");
  files = jmp_unpack (again, "all");
  assert_int_equal (files->len, 2);
  assert_string_equal (g_array_index (files, JmpUnpacked, 0).name, "all-alt0-08000000.bin");
  assert_string_equal (g_array_index (files, JmpUnpacked, 1).name, "all-alt0-08080000.bin");
  assert_int_equal (g_array_index (files, JmpUnpacked, 1).segment->address, 0x08080000);
}

static void
test_pack_two_boards (void **state)
{
  g_autoptr (JmpImage) one = make_image (0xDF11, "");
  g_autoptr (JmpImage) other = make_image (0x1234, "");
  g_autoptr (JmpPacker) packer = jmp_packer_new ();
  g_autoptr (JmpPacker) given = jmp_packer_new ();
  g_autoptr (GError) error = NULL;

  assert_true (jmp_packer_add_image (packer, one, "one.dfu", NULL));
  assert_false (jmp_packer_add_image (packer, other, "other.dfu", &error));
  assert_error (error,
                JMP_ERROR,
                JMP_ERROR_MISMATCH,
                "one.dfu is for 0483:df11, and other.dfu for 0483:1234");
  jmp_packer_set_ids (given, 0x2341, 0x035B, JMP_IMAGE_ID_ANY);
  assert_true (jmp_packer_add_image (given, one, "one.dfu", NULL));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_pack_joins),      cmocka_unit_test (test_pack_fills_with_blank),
    cmocka_unit_test (test_pack_refuses),    cmocka_unit_test (test_pack_firmware_and_assets),
    cmocka_unit_test (test_pack_two_boards),
  };

  return cmocka_run_group_tests_name ("core/image/pack", tests, NULL, NULL);
}
