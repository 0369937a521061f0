/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"

#include "base/error.h"
#include "session/reopen.h"
#include "ui-kit.h"

/* Far beyond what any of these takes. */
#define LONG_SECONDS 600

typedef struct {
  JmpReopen *reopen;
  GCancellable *cancellable;
  JmpUsb *usb;
  GError *error;
} Waiter;

static gpointer
wait_func (gpointer data)
{
  Waiter *waiter = data;

  waiter->usb = jmp_reopen_wait (waiter->reopen, waiter->cancellable, &waiter->error);
  return NULL;
}

static void
open_once (JmpReopen *reopen)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JmpUsb) usb = jmp_reopen_open (reopen, &error);

  assert_no_error (error);
  assert_non_null (usb);
}

static void
test_reopen_is_told_of_the_return (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpReopen) reopen = jmp_reopen_new (kit->device, LONG_SECONDS);
  Waiter waiter = { .reopen = reopen };
  GThread *thread;

  open_once (reopen);
  kit_board_unplug (kit);
  thread = g_thread_new ("waiter", wait_func, &waiter);
  kit_board_plug (kit);
  g_thread_join (thread);
  assert_no_error (waiter.error);
  assert_non_null (waiter.usb);
  jmp_usb_free (waiter.usb);
}

static void
test_reopen_is_cancelled (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpReopen) reopen = jmp_reopen_new (kit->device, LONG_SECONDS);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  Waiter waiter = { .reopen = reopen, .cancellable = cancellable };
  GThread *thread;

  open_once (reopen);
  kit_board_unplug (kit);
  thread = g_thread_new ("waiter", wait_func, &waiter);
  g_cancellable_cancel (cancellable);
  g_thread_join (thread);
  assert_null (waiter.usb);
  assert_error (waiter.error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  g_error_free (waiter.error);
}

static void
test_reopen_gives_up (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpReopen) reopen = jmp_reopen_new (kit->device, 0);
  g_autoptr (GError) error = NULL;

  open_once (reopen);
  kit_board_unplug (kit);
  assert_null (jmp_reopen_wait (reopen, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
}

static void
test_reopen_takes_no_other_board (void **state)
{
  g_autoptr (KitBoard) kit = kit_board_new ("");
  g_autoptr (JmpReopen) reopen = jmp_reopen_new (kit->device, 0);
  g_autoptr (GError) error = NULL;

  open_once (reopen);
  jmp_virtual_board_unref (kit->board);
  kit->board = jmp_virtual_board_new ("nucleo-h743,speed=0", &error);
  assert_no_error (error);
  assert_null (jmp_reopen_wait (reopen, NULL, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "another board");
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_reopen_is_told_of_the_return),
    cmocka_unit_test (test_reopen_is_cancelled),
    cmocka_unit_test (test_reopen_gives_up),
    cmocka_unit_test (test_reopen_takes_no_other_board),
  };

  return cmocka_run_group_tests_name ("ui/reopen", tests, NULL, NULL);
}
