/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "wire.h"

#include "base/error.h"
#include "virtual/virtual-usb.h"

#include <string.h>

static const JmpUsbSetup get_status = { 0xA1, 3, 0, 0, 6 };
static const JmpUsbSetup clear_status = { 0x21, 4, 0, 0, 0 };

static JmpUsb *
open_board (JmpVirtualBoard *board)
{
  g_autoptr (GError) error = NULL;
  JmpUsb *usb = jmp_virtual_usb_open (board, &error);

  assert_no_error (error);
  assert_non_null (usb);
  return usb;
}

static gssize
ask (JmpUsb *usb, const JmpUsbSetup *setup, guint8 *data)
{
  g_autoptr (GError) error = NULL;
  gssize length = jmp_usb_control (usb, setup, data, 5000, NULL, &error);

  assert_no_error (error);
  return length;
}

/* DNLOAD of a sector erase, and the GETSTATUS that starts it. */
static void
start_erase (JmpUsb *usb)
{
  const JmpUsbSetup download = { 0x21, 1, 0, 0, 5 };
  guint8 command[] = { 0x41, 0x00, 0x00, 0x0E, 0x08 };
  guint8 status[6];

  assert_int_equal (ask (usb, &clear_status, NULL), 0);
  assert_int_equal (ask (usb, &download, command), 5);
  assert_int_equal (ask (usb, &get_status, status), 6);
  assert_int_equal (status[4], 4);
}

/* One line for each descriptor, by its bLength. */
static char *
descriptors_to_text (GBytes *bytes)
{
  GString *text = g_string_new (NULL);
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  for (gsize at = 0; at < size; at += MAX (data[at], 1)) {
    for (gsize i = at; i < MIN (at + data[at], size); i++)
      g_string_append_printf (text, "%s%02X", i > at ? " " : "", data[i]);
    g_string_append_c (text, '\n');
  }
  return g_string_free (text, FALSE);
}

static void
test_virtual_usb_descriptors_are_those_of_the_rom (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_autoptr (JmpUsb) usb = open_board (board);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = jmp_usb_descriptors (usb, &error);
  g_autofree char *text = NULL;

  assert_no_error (error);
  text = descriptors_to_text (bytes);
  /* Device: USB 1.00, 0483:df11, 0x2200. Configuration: 54 bytes. Interface 0 with four alt
   * settings, DFU mode. Functional: download, upload, will detach; 255 ms; 2048 bytes; 1.1a. */
  assert_lines_equal (text,
                      "12 01 00 01 00 00 00 40 83 04 11 DF 00 22 01 02 03 01\n"
                      "09 02 36 00 01 01 00 C0 32\n"
                      "09 04 00 00 00 FE 01 02 04\n"
                      "09 04 00 01 00 FE 01 02 05\n"
                      "09 04 00 02 00 FE 01 02 06\n"
                      "09 04 00 03 00 FE 01 02 07\n"
                      "09 21 0B FF 00 00 08 1A 01\n");
}

static void
test_virtual_usb_strings (void **state)
{
  static const char *const expected[] = {
    "STMicroelectronics",
    "STM32  BOOTLOADER",
    "no. 2",
    "@Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg",
    "@Option Bytes  /0x1FFFC000/01*016 e",
    "@OTP Memory /0x1FFF7800/01*512 e,01*016 e",
    "@Device Feature/0xFFFF0000/01*004 e",
  };
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0,serial=no. 2");
  g_autoptr (JmpUsb) usb = open_board (board);

  for (guint8 i = 0; i < G_N_ELEMENTS (expected); i++) {
    g_autoptr (GError) error = NULL;
    g_autofree char *text = jmp_usb_string (usb, i + 1, NULL, &error);

    assert_no_error (error);
    assert_string_equal (text, expected[i]);
  }
  converse (board,
            "80 06 00 03 00 00 FF 00 -> 04 03 09 04\n"
            "80 06 08 03 09 04 FF 00 -> stall\n"
            "80 06 EE 03 00 00 12 00 -> stall");
}

static void
test_virtual_usb_standard_requests (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("nucleo-h743,speed=0");

  converse (board,
            "# GET_DESCRIPTOR: device in part, configuration head, functional, a qualifier\n"
            "80 06 00 01 00 00 08 00 -> 12 01 00 02 00 00 00 40\n"
            "80 06 00 02 00 00 09 00 -> 09 02 24 00 01 01 00 C0 32\n"
            "81 06 00 21 00 00 09 00 -> 09 21 0B FF 00 00 04 1A 01\n"
            "80 06 00 06 00 00 0A 00 -> stall\n"
            "80 06 01 02 00 00 09 00 -> stall\n"
            "# GET_STATUS, GET_CONFIGURATION, SET_CONFIGURATION, SET_ADDRESS, CLEAR_FEATURE\n"
            "80 00 00 00 00 00 02 00 -> 01 00\n"
            "80 08 00 00 00 00 01 00 -> 01\n"
            "00 09 00 00 00 00 00 00 -> ok\n"
            "80 08 00 00 00 00 01 00 -> 00\n"
            "00 09 02 00 00 00 00 00 -> stall\n"
            "00 05 07 00 00 00 00 00 -> ok\n"
            "02 01 00 00 00 00 00 00 -> ok\n"
            "# SET_INTERFACE and GET_INTERFACE\n"
            "01 0B 01 00 00 00 00 00 -> ok\n"
            "81 0A 00 00 00 00 01 00 -> 01\n"
            "01 0B 02 00 00 00 00 00 -> stall\n"
            "01 0B 00 00 01 00 00 00 -> stall\n"
            "# SYNCH_FRAME, SET_DESCRIPTOR, a vendor request\n"
            "82 0C 00 00 00 00 02 00 -> stall\n"
            "00 07 00 00 00 00 00 00 -> stall\n"
            "C0 42 00 00 04 00 10 00 -> stall");
}

static void
test_virtual_usb_claims_and_chooses (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_autoptr (JmpUsb) usb = open_board (board);
  g_autoptr (GError) error = NULL;
  JmpUsb *other = open_board (board);

  assert_false (jmp_usb_set_alt (usb, 0, 1, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FAILED, "interface 0 is not claimed");
  g_clear_error (&error);
  assert_false (jmp_usb_claim (usb, 1, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_FAILED, "no interface 1");
  g_clear_error (&error);

  assert_true (jmp_usb_claim (other, 0, &error));
  assert_true (jmp_usb_claim (other, 0, &error));
  assert_false (jmp_usb_claim (usb, 0, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_BUSY, "claimed by another");
  g_clear_error (&error);
  jmp_usb_free (other);
  assert_true (jmp_usb_claim (usb, 0, &error));

  assert_true (jmp_usb_set_alt (usb, 0, 3, &error));
  converse (board, "81 0A 00 00 00 00 01 00 -> 03");
  assert_false (jmp_usb_set_alt (usb, 0, 4, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_STALLED, "stalled");
}

static void
test_virtual_usb_stall (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_autoptr (JmpUsb) usb = open_board (board);
  g_autoptr (GError) error = NULL;
  const JmpUsbSetup detach = { 0x21, 0, 1000, 0, 0 };

  assert_int_equal (jmp_usb_control (usb, &detach, NULL, 1000, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_STALLED, NULL);
}

static void
test_virtual_usb_time_out_leaves_the_board_at_work (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_autoptr (JmpUsb) usb = open_board (board);
  g_autoptr (GError) error = NULL;
  guint8 status[6];
  gint64 began;

  start_erase (usb);
  began = jmp_usb_now (usb);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 300, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_TIMED_OUT, "within 300 ms");
  assert_int_equal (jmp_usb_now (usb), began + 300000);
  /* The rest of its second, and the transfer itself. */
  assert_int_equal (ask (usb, &get_status, status), 6);
  assert_int_equal (status[4], 5);
  assert_true (jmp_usb_now (usb) >= began + 1000000);
}

static void
test_virtual_usb_cancelled_before_sends_nothing (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_autoptr (JmpUsb) usb = open_board (board);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  guint8 status[6];

  g_cancellable_cancel (cancellable);
  assert_int_equal (jmp_usb_control (usb, &get_status, status, 100, cancellable, &error), -1);
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  g_clear_error (&error);
  assert_int_equal (jmp_virtual_board_get_counters (board).transfers, 0);
  assert_false (jmp_usb_wait (usb, 100, cancellable, &error));
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  assert_int_equal (jmp_usb_now (usb), 0);
}

typedef struct {
  JmpVirtualBoard *board;
  GCancellable *cancellable; /* NULL: unplug */
} Disturbance;

/* Waits until the transfer reached the board, so that it is surely under way. */
static gpointer
disturb_func (gpointer data)
{
  Disturbance *self = data;

  while (jmp_virtual_board_get_counters (self->board).transfers == 0)
    g_usleep (1000);
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  else
    jmp_virtual_board_unplug (self->board);
  return NULL;
}

/* At this speed the transfer would take half a second: one that came to its end would succeed. */
#define SLOW "pyboard,speed=0.001"

static void
test_virtual_usb_cancelled_on_the_way (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board (SLOW);
  g_autoptr (JmpUsb) usb = open_board (board);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Disturbance disturbance = { board, cancellable };
  GThread *thread = g_thread_new ("cancel", disturb_func, &disturbance);
  guint8 status[6];

  assert_int_equal (jmp_usb_control (usb, &get_status, status, 5000, cancellable, &error), -1);
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
  g_thread_join (thread);
}

static void
test_virtual_usb_unplugged_on_the_way (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board (SLOW);
  g_autoptr (JmpUsb) usb = open_board (board);
  g_autoptr (GError) error = NULL;
  Disturbance disturbance = { board, NULL };
  GThread *thread = g_thread_new ("unplug", disturb_func, &disturbance);
  guint8 status[6];

  assert_int_equal (jmp_usb_control (usb, &get_status, status, 5000, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "went away");
  g_thread_join (thread);
}

static void
assert_lost (JmpUsb *usb)
{
  g_autoptr (GError) error = NULL;
  guint8 status[6];

  assert_int_equal (jmp_usb_control (usb, &get_status, status, 100, NULL, &error), -1);
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  g_clear_error (&error);
  assert_false (jmp_usb_claim (usb, 0, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  g_clear_error (&error);
  assert_null (jmp_usb_descriptors (usb, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
  g_clear_error (&error);
  assert_false (jmp_usb_reset (usb, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, NULL);
}

static void
test_virtual_usb_handle_is_for_one_appearance (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_autoptr (JmpUsb) old = open_board (board);
  g_autoptr (JmpUsb) new = NULL;
  g_autoptr (GError) error = NULL;
  guint8 status[6];

  jmp_virtual_board_unplug (board);
  assert_lost (old);
  assert_null (jmp_virtual_usb_open (board, &error));
  assert_error (error, JMP_ERROR, JMP_ERROR_DISCONNECTED, "not in DFU mode");
  g_clear_error (&error);

  jmp_virtual_board_plug (board);
  assert_lost (old);
  new = open_board (board);
  assert_true (jmp_usb_claim (new, 0, &error));
  assert_int_equal (ask (new, &get_status, status), 6);
  assert_int_equal (status[0], 0x0A);
}

static void
test_virtual_usb_leave_answers_once_more (void **state)
{
  static const char *const specs[] = { "pyboard,speed=0", "pyboard,speed=0,jumper=on" };

  for (guint i = 0; i < G_N_ELEMENTS (specs); i++) {
    g_autoptr (JmpVirtualBoard) board = new_board (specs[i]);
    g_autoptr (JmpUsb) usb = open_board (board);
    const JmpUsbSetup download = { 0x21, 1, 0, 0, 0 };
    guint8 status[6];

    assert_int_equal (ask (usb, &clear_status, NULL), 0);
    assert_int_equal (ask (usb, &download, NULL), 0);
    assert_int_equal (ask (usb, &get_status, status), 6);
    assert_int_equal (status[4], 7);
    assert_lost (usb);
    assert_int_equal (jmp_virtual_board_get_state (board),
                      i == 0 ? JMP_VIRTUAL_RUNNING : JMP_VIRTUAL_IN_DFU);
  }
}

static void
test_virtual_usb_reset_and_time (void **state)
{
  g_autoptr (JmpVirtualBoard) board = new_board ("pyboard,speed=0");
  g_autoptr (JmpUsb) usb = open_board (board);
  g_autoptr (GError) error = NULL;
  guint8 status[6];
  gint64 before = jmp_usb_now (usb);

  assert_true (jmp_usb_wait (usb, 1234, NULL, &error));
  assert_int_equal (jmp_usb_now (usb), before + 1234000);
  assert_true (jmp_usb_claim (usb, 0, &error));
  assert_true (jmp_usb_set_alt (usb, 0, 2, &error));
  assert_true (jmp_usb_reset (usb, &error));
  converse (board, "81 0A 00 00 00 00 01 00 -> 02");
  assert_int_equal (ask (usb, &get_status, status), 6);
  assert_int_equal (status[4], 2);
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_virtual_usb_descriptors_are_those_of_the_rom),
    cmocka_unit_test (test_virtual_usb_strings),
    cmocka_unit_test (test_virtual_usb_standard_requests),
    cmocka_unit_test (test_virtual_usb_claims_and_chooses),
    cmocka_unit_test (test_virtual_usb_stall),
    cmocka_unit_test (test_virtual_usb_time_out_leaves_the_board_at_work),
    cmocka_unit_test (test_virtual_usb_cancelled_before_sends_nothing),
    cmocka_unit_test (test_virtual_usb_cancelled_on_the_way),
    cmocka_unit_test (test_virtual_usb_unplugged_on_the_way),
    cmocka_unit_test (test_virtual_usb_handle_is_for_one_appearance),
    cmocka_unit_test (test_virtual_usb_leave_answers_once_more),
    cmocka_unit_test (test_virtual_usb_reset_and_time),
  };

  return cmocka_run_group_tests_name ("core/virtual/virtual-usb", tests, NULL, NULL);
}
