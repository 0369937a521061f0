/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "ui-kit.h"

/* Firmware that comes slowly: it waits for the main thread, as a network would. */
typedef struct {
  GMutex lock;
  GCond changed;
  gboolean go;
  guint loads;
  gboolean fails;
  gboolean was_cancelled;
} Slow;

static Slow slow;

static void
slow_reset (gboolean fails)
{
  slow.go = FALSE;
  slow.loads = 0;
  slow.fails = fails;
  slow.was_cancelled = FALSE;
}

static void
slow_go (void)
{
  g_mutex_lock (&slow.lock);
  slow.go = TRUE;
  g_cond_signal (&slow.changed);
  g_mutex_unlock (&slow.lock);
}

static JmpFirmware *
make_firmware (void)
{
  g_autoptr (GFile) file = kit_firmware_file (&KIT_GOOD, "slow.dfu");
  g_autoptr (JmpImage) image = jmp_image_read_file (file, &(JmpReadOptions){ 0 }, NULL, NULL);

  return jmp_firmware_new (&(JmpFirmware){
      .origin = JMP_FIRMWARE_BACKUP,
      .name = (char *)"Backup",
      .image = image,
      .version = (char *)"1.2.3",
  });
}

static JmpFirmware *
load_slowly (gpointer user_data, JmpFirmwareLoad *load, GError **error)
{
  const JmpDownloadProgress progress = { .bytes = 1000, .total = 4000, .speed = 500 };

  load->progress (&progress, load->progress_data);
  g_mutex_lock (&slow.lock);
  slow.loads++;
  while (!slow.go && !g_cancellable_is_cancelled (load->cancellable))
    g_cond_wait_until (&slow.changed, &slow.lock, g_get_monotonic_time () + G_USEC_PER_SEC / 50);
  slow.was_cancelled = g_cancellable_is_cancelled (load->cancellable);
  g_mutex_unlock (&slow.lock);
  if (g_cancellable_set_error_if_cancelled (load->cancellable, error))
    return NULL;
  if (slow.fails) {
    g_set_error_literal (error, JMP_ERROR, JMP_ERROR_FILE, "the disk is full");
    return NULL;
  }
  return make_firmware ();
}

static JmpFirmwareLoader *
slow_loader (void)
{
  return jmp_firmware_loader_new (JMP_FIRMWARE_BACKUP, "Backup", load_slowly, NULL, NULL);
}

static gboolean
has_bytes (gpointer session)
{
  return jmp_session_get_download (session).bytes > 0;
}

static void
test_firmware_tells_how_far_it_is (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  g_autoptr (JmpFirmwareLoader) loader = slow_loader ();

  slow_reset (FALSE);
  assert_true (jmp_session_open_firmware_loader (session, loader));
  assert_int_equal (jmp_session_get_state (session), JMP_SESSION_READING);
  assert_string_equal (jmp_session_get_firmware_name (session), "Backup");
  kit_wait (has_bytes, session);
  assert_int_equal (jmp_session_get_download (session).total, 4000);
  assert_null (jmp_session_get_image (session));
  slow_go ();
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_int_equal (jmp_session_get_main_button (session), JMP_MAIN_RESTORE);
  assert_string_equal (jmp_session_get_firmware (session)->version, "1.2.3");
}

static gboolean
is_stopped (gpointer user_data)
{
  gboolean stopped;

  g_mutex_lock (&slow.lock);
  stopped = slow.was_cancelled;
  g_mutex_unlock (&slow.lock);
  return stopped;
}

static gboolean
tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

/* What a worker does is not seen by the main loop: it is looked at again and again. */
static void
wait_for_worker (KitCondition condition)
{
  const guint tick = g_timeout_add (5, tick_cb, NULL);

  kit_wait (condition, NULL);
  g_source_remove (tick);
}

static void
test_firmware_can_be_stopped_and_had_again (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  g_autoptr (JmpFirmwareLoader) loader = slow_loader ();

  slow_reset (FALSE);
  assert_true (jmp_session_open_firmware_loader (session, loader));
  kit_wait (has_bytes, session);
  jmp_session_stop_loading (session);
  assert_int_equal (jmp_session_get_state (session), JMP_SESSION_CHOSEN);
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_NONE);
  wait_for_worker (is_stopped);
  assert_null (jmp_session_get_problem (session));

  slow_reset (FALSE);
  assert_true (jmp_session_load (session));
  slow_go ();
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_int_equal (slow.loads, 1);
}

static void
test_firmware_that_failed_is_tried_again (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  g_autoptr (JmpFirmwareLoader) loader = slow_loader ();

  slow_reset (TRUE);
  slow_go ();
  assert_true (jmp_session_open_firmware_loader (session, loader));
  kit_wait_for_state (session, JMP_SESSION_BAD_FIRMWARE);
  assert_error (jmp_session_get_problem (session), JMP_ERROR, JMP_ERROR_FILE, NULL);
  assert_true (jmp_session_can_load_again (session));
  assert_int_equal (jmp_session_get_main_button (session), JMP_MAIN_TRY_AGAIN);
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_NONE);
  assert_false (jmp_session_start (session));

  slow_reset (FALSE);
  slow_go ();
  assert_true (jmp_session_begin (session));
  kit_wait_for_state (session, JMP_SESSION_SUCCEEDED);
  assert_true (kit_board_holds (kit, &KIT_GOOD));
}

/* --- Bytes without an address --- */

static GFile *
make_raw (void)
{
  g_autofree guint8 *bytes = g_malloc (3000);

  for (guint i = 0; i < 3000; i++)
    bytes[i] = (guint8)(i * 7 + 1);
  bytes[3] = 0x55; /* no stack pointer */
  return kit_file ("plain.bin", bytes, 3000);
}

static void
test_firmware_without_an_address_is_asked_for_it (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  g_autoptr (GFile) file = make_raw ();
  JmpRawGuess guess;

  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_BAD_FIRMWARE);
  assert_true (jmp_session_wants_address (session));
  assert_int_equal (jmp_session_get_obstacle (session), JMP_OBSTACLE_ADDRESS);
  assert_false (jmp_session_get_guess (session, &guess));
  assert_false (jmp_session_begin (session));

  assert_true (jmp_session_set_address (session, 0x08004000));
  kit_wait_for_state (session, JMP_SESSION_READY);
  assert_false (jmp_session_wants_address (session));
  assert_int_equal (jmp_image_get_target (jmp_session_get_image (session), 0)->segments[0].address,
                    0x08004000);
}

static void
test_firmware_with_a_vector_table_suggests_its_address (void **state)
{
  g_autofree guint32 *words = g_new (guint32, 1024);
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpSession) session = jmp_session_new (kit->device, NULL);
  g_autoptr (GFile) file = NULL;
  JmpRawGuess guess;

  for (guint i = 0; i < 1024; i++)
    words[i] = GUINT32_TO_LE (i < 64 ? 0x08004201u + 4 * i : 0xBF00BF00u);
  words[0] = GUINT32_TO_LE (0x20020000u);
  file = kit_file ("vectors.bin", words, 4096);
  assert_true (jmp_session_open_file (session, file));
  kit_wait_for_state (session, JMP_SESSION_BAD_FIRMWARE);
  assert_true (jmp_session_get_guess (session, &guess));
  assert_int_equal (guess.address, 0x08004000);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_firmware_tells_how_far_it_is),
    cmocka_unit_test (test_firmware_can_be_stopped_and_had_again),
    cmocka_unit_test (test_firmware_that_failed_is_tried_again),
    cmocka_unit_test (test_firmware_without_an_address_is_asked_for_it),
    cmocka_unit_test (test_firmware_with_a_vector_table_suggests_its_address),
  };

  return cmocka_run_group_tests_name ("ui/firmware", tests, kit_make_folder, kit_remove_folder);
}
