/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "base/error.h"
#include "flash/recovery.h"
#include "image/dfuse-file.h"
#include "plan-kit.h"

#include <glib/gstdio.h>

#define F405         "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg"
#define OPTION_BYTES "@Option Bytes  /0x1FFFC000/01*016 g"

typedef struct {
  JmpDfuInfo *board;
  char *folder;
  char *path;
} Fixture;

static int
set_up (void **state)
{
  static const char *const layouts[] = { F405, OPTION_BYTES, NULL };
  Fixture *self = g_new0 (Fixture, 1);

  self->board = kit_board_new (layouts);
  self->folder = g_dir_make_tmp ("jumper-recovery-XXXXXX", NULL);
  self->path = jmp_recovery_path (self->folder, "1-4:365738513233");
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;
  g_autoptr (GDir) dir = g_dir_open (self->folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);

    g_remove (path);
  }
  g_rmdir (self->folder);
  g_free (self->folder);
  g_free (self->path);
  jmp_dfu_info_unref (self->board);
  g_free (self);
  return 0;
}

/* Bytes of this very kind of board, or of another. */
static JmpImage *
saved_bytes (const char *text, guint16 vid)
{
  g_autoptr (JmpImage) image = kit_image_new (text);
  JmpImageBuilder *builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  JmpImage *saved;

  jmp_image_builder_set_ids (builder, vid, 0xDF11, 0);
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++) {
    const JmpImageTarget *target = jmp_image_get_target (image, i);

    for (guint j = 0; j < target->n_segments; j++)
      assert_true (jmp_image_builder_add (
          builder, target->alt, target->segments[j].address, target->segments[j].bytes, NULL));
  }
  saved = jmp_image_builder_end (builder, NULL);
  assert_non_null (saved);
  return saved;
}

static void
test_recovery_path (void **state)
{
  static const struct {
    const char *identity;
    const char *expected;
  } rows[] = {
    { "1-4.2", "recovery-1-4+2E2.dfu" },
    { "../../etc/passwd", "recovery-+2E+2E+2F+2E+2E+2Fetc+2Fpasswd.dfu" },
    { "a b", "recovery-a+20b.dfu" },
    { "", "recovery-.dfu" },
  };
  g_autofree char *many = g_strnfill (500, 'x');
  g_autofree char *long_path = jmp_recovery_path ("f", many);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autofree char *expected = g_build_filename ("f", rows[i].expected, NULL);
    g_autofree char *path = jmp_recovery_path ("f", rows[i].identity);

    assert_string_equal (path, expected);
  }
  assert_true (strlen (long_path) < 100);
}

static void
test_recovery_comes_back (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpImage) image = saved_bytes ("0 0x08003A18 0x5E8; 0 0x08024000 77", 0x0483);
  g_autoptr (JmpImage) found = NULL;
  g_autoptr (GError) error = NULL;

  assert_true (jmp_recovery_load (self->path, self->board, &found, &error));
  assert_null (found);
  jmp_recovery_save (self->path, image, &error);
  assert_no_error (error);
  jmp_recovery_load (self->path, self->board, &found, &error);
  assert_no_error (error);
  assert_int_equal (jmp_image_get_size (found), 0x5E8 + 77);
  assert_int_equal (jmp_image_get_target (found, 0)->segments[1].address, 0x08024000);
  assert_true (jmp_recovery_remove (self->path, &error));
  assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  assert_true (jmp_recovery_remove (self->path, &error));
}

static void
check_refused (Fixture *self, const char *name, int code)
{
  g_autoptr (JmpImage) found = NULL;
  g_autoptr (GError) error = NULL;

  print_message ("  %s\n", name);
  assert_false (jmp_recovery_load (self->path, self->board, &found, &error));
  assert_null (found);
  assert_error (error, JMP_ERROR, code, self->path);
}

/* Bytes that cannot be this board's. */
static void
test_recovery_of_another_board (void **state)
{
  static const struct {
    const char *name;
    const char *bytes;
    guint16 vid;
    int code;
  } rows[] = {
    { "other ids", "0 0x08003A18 8", 0x1234, JMP_ERROR_MISMATCH },
    { "outside its memory", "0 0x20000000 8", 0x0483, JMP_ERROR_DOES_NOT_FIT },
    { "past its end", "0 0x080FFFF0 32", 0x0483, JMP_ERROR_DOES_NOT_FIT },
    { "option bytes", "1 0x1FFFC000 8", 0x0483, JMP_ERROR_REFUSED },
    { "no such alt setting", "7 0x08003A18 8", 0x0483, JMP_ERROR_DOES_NOT_FIT },
  };
  Fixture *self = *state;

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (JmpImage) image = saved_bytes (rows[i].bytes, rows[i].vid);

    assert_true (jmp_recovery_save (self->path, image, NULL));
    check_refused (self, rows[i].name, rows[i].code);
  }
}

static void
test_recovery_of_a_bad_file (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpImage) image = saved_bytes ("0 0x08003A18 0x100", 0x0483);
  g_autoptr (GBytes) bytes = jmp_dfuse_file_write (image, NULL);
  gsize size;
  const char *good = g_bytes_get_data (bytes, &size);
  g_autofree char *bad = g_memdup2 (good, size);

  assert_true (g_file_set_contents (self->path, "", 0, NULL));
  check_refused (self, "empty", JMP_ERROR_DAMAGED_FILE);
  assert_true (g_file_set_contents (self->path, "no firmware at all, but text", -1, NULL));
  check_refused (self, "text", JMP_ERROR_DAMAGED_FILE);
  bad[size / 2] ^= 1;
  assert_true (g_file_set_contents (self->path, bad, (gssize)size, NULL));
  check_refused (self, "one wrong bit", JMP_ERROR_DAMAGED_FILE);
  g_remove (self->path);
  assert_int_equal (g_mkdir (self->path, 0700), 0);
  check_refused (self, "a folder", JMP_ERROR_INVALID_FILE);
}

/* Never overwritten, never removed. */
static void
test_recovery_put_aside (void **state)
{
  Fixture *self = *state;
  g_autoptr (GError) error = NULL;
  g_autofree char *first = NULL;
  g_autofree char *second = NULL;
  g_autofree char *contents = NULL;

  assert_true (g_file_set_contents (self->path, "one", -1, NULL));
  first = jmp_recovery_put_aside (self->path, &error);
  assert_no_error (error);
  assert_true (g_file_set_contents (self->path, "two", -1, NULL));
  second = jmp_recovery_put_aside (self->path, &error);
  assert_no_error (error);
  assert_string_not_equal (first, second);
  assert_false (g_file_test (self->path, G_FILE_TEST_EXISTS));
  assert_true (g_file_get_contents (first, &contents, NULL, NULL));
  assert_string_equal (contents, "one");
  assert_null (jmp_recovery_put_aside (self->path, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FILE, self->path);
}

#define TEST(name) cmocka_unit_test_setup_teardown (name, set_up, tear_down)

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_recovery_path), TEST (test_recovery_comes_back),
    TEST (test_recovery_of_another_board), TEST (test_recovery_of_a_bad_file),
    TEST (test_recovery_put_aside),
  };

  return cmocka_run_group_tests_name ("core/flash/recovery", tests, NULL, NULL);
}
