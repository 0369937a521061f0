/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Unmodified dfu-util as the second opinion, on the same virtual board and over the same libusb: what
 * one of the two writes, the other reads. */

#include "assert-text.h"
#include "dfu/dfuse.h"
#include "flash/backup-file.h"
#include "flash/run.h"
#include "image/dfuse-file.h"
#include "mock-usbfs.h"
#include "usb/bus.h"

#include <glib/gstdio.h>

#define FLASH_START 0x08000000u
#define FLASH_SIZE  (1024u * 1024)

typedef struct {
  MockUsbfs *mock;
  JmpVirtualBoard *board;
  const char *path;
  JmpUsbBus *bus;
  char *dir;
} Fixture;

static int
set_up (void **state)
{
  Fixture *self = g_new0 (Fixture, 1);
  g_autoptr (GError) error = NULL;

  self->mock = mock_usbfs_new ();
  self->board = jmp_virtual_board_new ("pyboard,speed=0", &error);
  assert_no_error (error);
  self->path = mock_usbfs_plug (self->mock, self->board);
  self->bus = jmp_usb_bus_new (&error);
  assert_no_error (error);
  self->dir = g_dir_make_tmp ("jumper-XXXXXX", &error);
  assert_no_error (error);
  *state = self;
  return 0;
}

static int
tear_down (void **state)
{
  Fixture *self = *state;
  g_autoptr (GDir) dir = g_dir_open (self->dir, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *path = g_build_filename (self->dir, name, NULL);

    g_remove (path);
  }
  g_rmdir (self->dir);
  jmp_usb_bus_unref (self->bus);
  mock_usbfs_free (self->mock);
  jmp_virtual_board_unref (self->board);
  g_free (self->dir);
  g_free (self);
  return 0;
}

/* Runs dfu-util on the board and returns what it says. */
static char *
run_dfu_util (Fixture *self, const char *const *args)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  char *output = NULL;

  g_strv_builder_add (builder, "dfu-util");
  g_strv_builder_addv (builder, (const char **)args);
  argv = g_strv_builder_end (builder);
  mock_usbfs_prepare_child (self->mock, launcher);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *)argv, &error);
  assert_no_error (error);
  g_subprocess_communicate_utf8 (process, NULL, NULL, &output, NULL, &error);
  assert_no_error (error);
  if (!g_subprocess_get_if_exited (process) || g_subprocess_get_exit_status (process) != 0)
    fail_msg ("dfu-util failed:\n%s", output);
  return output;
}

static void
dfu_util_download (Fixture *self, const char *file)
{
  const char *const args[] = { "-d", "0483:df11", "-a", "0", "-D", file, NULL };

  g_free (run_dfu_util (self, args));
}

static GBytes *
dfu_util_upload (Fixture *self, guint32 address, gsize size)
{
  static guint serial;
  g_autofree char *name = g_strdup_printf ("upload-%u.bin", serial++);
  g_autofree char *file = g_build_filename (self->dir, name, NULL);
  g_autofree char *where = g_strdup_printf ("0x%08x:%" G_GSIZE_FORMAT, address, size);
  const char *const args[] = { "-d", "0483:df11", "-a", "0", "-s", where, "-U", file, NULL };
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize came = 0;

  g_free (run_dfu_util (self, args));
  g_file_get_contents (file, &data, &came, &error);
  assert_no_error (error);
  return g_bytes_new_take (data, came);
}

static GBytes *
peek (Fixture *self, guint32 address, gsize size)
{
  guint8 *data = g_malloc (size);

  assert_true (jmp_virtual_board_peek (self->board, 0, address, data, size));
  return g_bytes_new_take (data, size);
}

static void
assert_bytes_equal (GBytes *actual, GBytes *expected)
{
  gsize actual_size;
  gsize expected_size;
  const guint8 *a = g_bytes_get_data (actual, &actual_size);
  const guint8 *e = g_bytes_get_data (expected, &expected_size);

  assert_int_equal (actual_size, expected_size);
  for (gsize i = 0; i < actual_size; i++)
    if (a[i] != e[i])
      fail_msg ("byte 0x%zx is 0x%02x, not 0x%02x", i, a[i], e[i]);
}

/* Two runs of bytes without a pattern, neither of them whole blocks long. */
static JmpImage *
new_image (void)
{
  static const struct {
    guint32 address;
    gsize size;
  } segments[] = { { 0x08000000, 5000 }, { 0x08010000, 3001 } };
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  g_autoptr (GRand) random = g_rand_new_with_seed (1);
  g_autoptr (GError) error = NULL;
  JmpImage *image;

  jmp_image_builder_set_ids (builder, 0x0483, 0xDF11, 0xFFFF);
  for (gsize i = 0; i < G_N_ELEMENTS (segments); i++) {
    guint8 *data = g_malloc (segments[i].size);
    g_autoptr (GBytes) bytes = NULL;

    for (gsize j = 0; j < segments[i].size; j++)
      data[j] = (guint8)g_rand_int (random);
    bytes = g_bytes_new_take (data, segments[i].size);
    assert_true (jmp_image_builder_add (builder, 0, segments[i].address, bytes, &error));
  }
  image = jmp_image_builder_end (g_steal_pointer (&builder), &error);
  assert_no_error (error);
  return image;
}

static char *
save_image (Fixture *self, JmpImage *image, const char *name)
{
  g_autoptr (GError) error = NULL;
  char *file = g_build_filename (self->dir, name, NULL);

  assert_true (jmp_backup_file_save (image, file, JMP_BACKUP_DFUSE, &error));
  return file;
}

static JmpImage *
read_image (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  const JmpReadOptions options = { 0 };
  JmpImage *image = jmp_image_read_file (file, &options, NULL, &error);

  assert_no_error (error);
  return image;
}

/* The board through libusb, as the program opens it. */
static JmpDfu *
open_board (Fixture *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) entries = jmp_usb_bus_list (self->bus, &error);
  g_autoptr (JmpDfuInfo) info = NULL;
  JmpUsb *usb = NULL;
  JmpDfu *dfu;

  assert_no_error (error);
  for (guint i = 0; i < entries->len; i++)
    if (g_str_equal (jmp_usb_entry_get_path (entries->pdata[i]), self->path))
      usb = jmp_usb_bus_open (self->bus, entries->pdata[i], &error);
  assert_no_error (error);
  assert_non_null (usb);
  info = jmp_dfu_info_read (usb, NULL, &error);
  assert_no_error (error);
  dfu = jmp_dfu_open (usb, info, &error);
  assert_no_error (error);
  return dfu;
}

static void
run_plan (JmpDfu *dfu, JmpPlan *plan, JmpOutcome *outcome)
{
  g_autoptr (GError) error = NULL;
  gboolean done;

  assert_non_null (plan);
  done = jmp_flash_run (dfu, plan, NULL, NULL, NULL, outcome, &error);
  assert_no_error (error);
  assert_true (done);
}

static void
jumper_flash (Fixture *self, JmpImage *image)
{
  g_autoptr (JmpDfu) dfu = open_board (self);
  const JmpPlanOptions options = { .verify = TRUE };
  g_autoptr (JmpPlan) plan = jmp_plan_flash (image, jmp_dfu_get_info (dfu), &options, NULL);
  g_auto (JmpOutcome) outcome = { 0 };

  run_plan (dfu, plan, &outcome);
  assert_int_equal (outcome.state, JMP_BOARD_COMPLETE);
  assert_int_equal (outcome.bytes_verified, jmp_plan_get_totals (plan).verify);
}

static void
jumper_verify (Fixture *self, JmpImage *image)
{
  g_autoptr (JmpDfu) dfu = open_board (self);
  g_autoptr (JmpPlan) plan = jmp_plan_verify (image, jmp_dfu_get_info (dfu), NULL);
  g_auto (JmpOutcome) outcome = { 0 };

  run_plan (dfu, plan, &outcome);
  assert_int_equal (outcome.bytes_verified, jmp_image_get_size (image));
}

static JmpImage *
jumper_read (Fixture *self, guint32 address, gsize size)
{
  g_autoptr (JmpDfu) dfu = open_board (self);
  g_autoptr (JmpPlan) plan = jmp_plan_backup_range (jmp_dfu_get_info (dfu), 0, address, size, NULL);
  g_auto (JmpOutcome) outcome = { 0 };

  run_plan (dfu, plan, &outcome);
  return g_steal_pointer (&outcome.read);
}

/* Each segment of @image as dfu-util reads it from the board. */
static void
assert_dfu_util_reads (Fixture *self, JmpImage *image)
{
  const JmpImageTarget *target = jmp_image_find_target (image, 0);

  for (guint i = 0; i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];
    g_autoptr (GBytes)
        bytes = dfu_util_upload (self, segment->address, g_bytes_get_size (segment->bytes));

    assert_bytes_equal (bytes, segment->bytes);
  }
}

static void
assert_on_board (Fixture *self, JmpImage *image)
{
  const JmpImageTarget *target = jmp_image_find_target (image, 0);

  for (guint i = 0; i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];
    g_autoptr (GBytes) bytes = peek (self, segment->address, g_bytes_get_size (segment->bytes));

    assert_bytes_equal (bytes, segment->bytes);
  }
}

static void
test_dfu_util_lists_the_alt_settings (void **state)
{
  Fixture *self = *state;
  const char *const args[] = { "-l", NULL };
  g_autofree char *output = run_dfu_util (self, args);
  g_autofree char *where = g_strdup_printf ("path=\"%s\"", self->path);
  static const char *const expected[] = {
    "[0483:df11]",
    "alt=0, name=\"@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg\"",
    "alt=1, name=\"@Option Bytes  /0x1FFFC000/01*016 e\"",
    "alt=2, name=\"@OTP Memory /0x1FFF7800/01*512 e,01*016 e\"",
    "alt=3, name=\"@Device Feature/0xFFFF0000/01*004 e\"",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (expected); i++)
    if (strstr (output, expected[i]) == NULL)
      fail_msg ("\"%s\" is not in\n%s", expected[i], output);
  assert_non_null (strstr (output, where));
}

static void
test_dfu_util_upload_is_the_memory (void **state)
{
  Fixture *self = *state;
  g_autoptr (GBytes) expected = peek (self, FLASH_START, 100001);
  g_autoptr (GBytes) bytes = dfu_util_upload (self, FLASH_START, 100001);

  assert_bytes_equal (bytes, expected);
}

static void
test_dfu_util_flashes_and_jumper_verifies (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpImage) image = new_image ();
  g_autofree char *file = save_image (self, image, "image.dfu");

  dfu_util_download (self, file);
  assert_on_board (self, image);
  jumper_verify (self, image);
}

static void
test_jumper_flashes_and_dfu_util_reads (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpImage) image = new_image ();

  jumper_flash (self, image);
  assert_on_board (self, image);
  assert_dfu_util_reads (self, image);
  assert_int_equal (jmp_virtual_board_get_counters (self->board).violations, 0);
}

static void
test_both_leave_the_same_flash (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpImage) image = new_image ();
  g_autofree char *file = save_image (self, image, "image.dfu");
  g_autoptr (GBytes) before = peek (self, FLASH_START, FLASH_SIZE);
  g_autoptr (GBytes) jumpers = NULL;
  g_autoptr (GBytes) dfu_utils = NULL;

  jumper_flash (self, image);
  jumpers = peek (self, FLASH_START, FLASH_SIZE);
  assert_true (jmp_virtual_board_poke (
      self->board, 0, FLASH_START, g_bytes_get_data (before, NULL), FLASH_SIZE));
  dfu_util_download (self, file);
  dfu_utils = peek (self, FLASH_START, FLASH_SIZE);
  assert_bytes_equal (jumpers, dfu_utils);
}

static void
test_jumper_backup_is_dfu_utils_upload (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpImage) image = jumper_read (self, FLASH_START, FLASH_SIZE);
  g_autofree char *file = g_build_filename (self->dir, "backup.bin", NULL);
  g_autoptr (GBytes) upload = dfu_util_upload (self, FLASH_START, FLASH_SIZE);
  g_autoptr (GBytes) backup = NULL;
  g_autoptr (GError) error = NULL;
  char *data = NULL;
  gsize size = 0;

  assert_true (jmp_backup_file_save (image, file, JMP_BACKUP_RAW, &error));
  assert_no_error (error);
  assert_true (g_file_get_contents (file, &data, &size, &error));
  backup = g_bytes_new_take (data, size);
  assert_bytes_equal (backup, upload);
}

static void
test_dfu_util_restores_jumpers_backup (void **state)
{
  Fixture *self = *state;
  g_autoptr (JmpImage) image = jumper_read (self, 0x08004000, 0x2000);
  g_autofree char *file = save_image (self, image, "backup.dfu");
  guint8 zeros[0x2000] = { 0 };

  assert_true (jmp_virtual_board_poke (self->board, 0, 0x08004000, zeros, sizeof zeros));
  dfu_util_download (self, file);
  assert_on_board (self, image);
}

static void
test_jumper_flashes_a_real_file (void **state)
{
  Fixture *self = *state;
  g_autofree char *file = firmware_path ("pybv11-network-v1.11.dfu");
  g_autoptr (JmpImage) image = NULL;

  if (file == NULL)
    skip ();
  image = read_image (file);
  jumper_flash (self, image);
  assert_on_board (self, image);
  assert_dfu_util_reads (self, image);
}

static void
test_dfu_util_flashes_a_real_file (void **state)
{
  Fixture *self = *state;
  g_autofree char *file = firmware_path ("pybv11-network-v1.11.dfu");
  g_autoptr (JmpImage) image = NULL;

  if (file == NULL)
    skip ();
  dfu_util_download (self, file);
  image = read_image (file);
  assert_on_board (self, image);
  jumper_verify (self, image);
}

/* With the argument "slow": what takes dfu-util most of a minute, for it waits as long as the ROM's
 * poll times say. */
int
main (int argc, char **argv)
{
#define WITH_BOARD(test) cmocka_unit_test_setup_teardown (test, set_up, tear_down)
  const struct CMUnitTest tests[] = {
    WITH_BOARD (test_dfu_util_lists_the_alt_settings),
    WITH_BOARD (test_dfu_util_upload_is_the_memory),
    WITH_BOARD (test_dfu_util_flashes_and_jumper_verifies),
    WITH_BOARD (test_jumper_flashes_and_dfu_util_reads),
    WITH_BOARD (test_both_leave_the_same_flash),
    WITH_BOARD (test_jumper_backup_is_dfu_utils_upload),
    WITH_BOARD (test_dfu_util_restores_jumpers_backup),
    WITH_BOARD (test_jumper_flashes_a_real_file),
  };
  const struct CMUnitTest slow_tests[] = {
    WITH_BOARD (test_dfu_util_flashes_a_real_file),
  };
  g_autofree char *dfu_util = g_find_program_in_path ("dfu-util");
  MockUsbfs *mock = mock_usbfs_new ();

  if (mock == NULL || dfu_util == NULL)
    return 77;
  mock_usbfs_free (mock);
  if (argc > 1 && g_str_equal (argv[1], "slow"))
    return cmocka_run_group_tests_name ("usb/dfu-util-slow", slow_tests, NULL, NULL);
  return cmocka_run_group_tests_name ("usb/dfu-util", tests, NULL, NULL);
}
