/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* A virtual board: what stands behind a USB port, written from AN3156 and DFU 1.1.
 *
 * It knows nothing of the host side (core/dfu's requests): two sides written from one mistake would
 * agree with each other. Two front ends drive it: virtual/virtual-usb.h puts it behind #JmpUsb, and
 * tests/support puts it behind a simulated usbfs for the real libusb. Ref-counted; every function
 * takes the board's own lock, so any thread may call. */

#pragma once

#include "dfu/layout.h"

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _JmpVirtualBoard JmpVirtualBoard;

/**
 * JmpVirtualReply:
 * @JMP_VIRTUAL_OK: done, with a length
 * @JMP_VIRTUAL_STALL: refused
 * @JMP_VIRTUAL_NO_ANSWER: NAKed for ever: the host's time-out decides
 * @JMP_VIRTUAL_GONE: no device on the wire
 */
typedef enum {
  JMP_VIRTUAL_OK,
  JMP_VIRTUAL_STALL,
  JMP_VIRTUAL_NO_ANSWER,
  JMP_VIRTUAL_GONE,
} JmpVirtualReply;

/**
 * JmpVirtualTransfer:
 * @reply: how the board answers
 * @length: bytes moved in the data stage
 * @done_at: microseconds on the board's clock at which the transfer ends (a busy board holds it)
 */
typedef struct {
  JmpVirtualReply reply;
  gsize length;
  gint64 done_at;
} JmpVirtualTransfer;

/**
 * JmpVirtualCounters:
 * @transfers: control transfers that reached the board, standard requests aside
 * @wire_us: time on the wire
 * @busy_us: time spent erasing and programming
 * @bytes_read: uploaded
 * @bytes_programmed: downloaded as data
 * @bytes_erased: size of all erased sectors
 * @sectors_erased: how many
 * @violations: rules that the host broke; see jmp_virtual_board_get_violations()
 */
typedef struct {
  guint64 transfers;
  guint64 wire_us;
  guint64 busy_us;
  guint64 bytes_read;
  guint64 bytes_programmed;
  guint64 bytes_erased;
  guint sectors_erased;
  guint violations;
} JmpVirtualCounters;

/**
 * JmpVirtualState:
 * @JMP_VIRTUAL_IN_DFU: on the bus with a DFU interface: the boot loader's, or that of a program; see
 *   jmp_virtual_board_is_run_time()
 * @JMP_VIRTUAL_RUNNING: runs its program and is not on the bus
 * @JMP_VIRTUAL_UNPLUGGED: without power
 */
typedef enum {
  JMP_VIRTUAL_IN_DFU,
  JMP_VIRTUAL_RUNNING,
  JMP_VIRTUAL_UNPLUGGED,
} JmpVirtualState;

/* Called, without the lock held, when the board appears, leaves or changes mode, in the thread that
 * caused it: for a leave, inside jmp_virtual_board_control(), whose reply is still to be delivered.
 * A board that comes back in DFU mode by itself changes twice, and is a new device on the bus. */
typedef void (*JmpVirtualChangedFunc) (JmpVirtualBoard *board, gpointer user_data);

/* KIND[,flash=FILE][,speed=N][,serial=TEXT][,jumper=on|off][,rdp=N][,runtime=on][,seed=N][,stuck=N]
 * [,unplug=MS], and running=on: speed 1 is real time, 0 takes no time. Every new board is in DFU mode,
 * except with running=on, runtime=on or rdp=2. With no jumper= it stays so until it is told to leave;
 * with jumper=on it comes back in DFU mode; with jumper=off a power-on starts the program, too. */
JmpVirtualBoard *jmp_virtual_board_new (const char *spec, GError **error) G_GNUC_WARN_UNUSED_RESULT;
const char *const *jmp_virtual_board_kinds (void);
JmpVirtualBoard *jmp_virtual_board_ref (JmpVirtualBoard *self);
void jmp_virtual_board_unref (JmpVirtualBoard *self);
gboolean jmp_virtual_board_save (JmpVirtualBoard *self, GError **error);

/* The wire. @setup is the 8 bytes of USB 2.0, 9.3; @data holds or takes wLength bytes. */
JmpVirtualTransfer jmp_virtual_board_control (JmpVirtualBoard *self,
                                              const guint8 setup[8],
                                              guint8 *data);
JmpVirtualTransfer jmp_virtual_board_control_at (JmpVirtualBoard *self,
                                                 gint64 asked_at,
                                                 const guint8 setup[8],
                                                 guint8 *data);
GBytes *jmp_virtual_board_get_descriptors (JmpVirtualBoard *self);
void jmp_virtual_board_reset (JmpVirtualBoard *self);
gint64 jmp_virtual_board_now (JmpVirtualBoard *self);
void jmp_virtual_board_sleep_until (JmpVirtualBoard *self, gint64 time_us);
gboolean jmp_virtual_board_is_fake_time (JmpVirtualBoard *self);

/* The hand that holds it. */
JmpVirtualState jmp_virtual_board_get_state (JmpVirtualBoard *self);
gboolean jmp_virtual_board_is_run_time (JmpVirtualBoard *self);
void jmp_virtual_board_unplug (JmpVirtualBoard *self);
void jmp_virtual_board_unplug_at (JmpVirtualBoard *self, gint64 time_us);
void jmp_virtual_board_plug (JmpVirtualBoard *self);
void jmp_virtual_board_set_jumper (JmpVirtualBoard *self, gboolean joined);
void jmp_virtual_board_watch (JmpVirtualBoard *self,
                              JmpVirtualChangedFunc changed,
                              gpointer user_data);

/* The microscope. */
const char *jmp_virtual_board_get_kind (JmpVirtualBoard *self);
const char *jmp_virtual_board_get_serial (JmpVirtualBoard *self);
JmpLayout *jmp_virtual_board_get_layout (JmpVirtualBoard *self, guint8 alt);
gboolean jmp_virtual_board_peek (
    JmpVirtualBoard *self, guint8 alt, guint32 address, guint8 *data, gsize length);
gboolean jmp_virtual_board_poke (
    JmpVirtualBoard *self, guint8 alt, guint32 address, const guint8 *data, gsize length);
void jmp_virtual_board_protect_sector (JmpVirtualBoard *self, guint8 alt, guint32 address);
void jmp_virtual_board_set_read_protection (JmpVirtualBoard *self, guint level);
guint32 jmp_virtual_board_get_started_at (JmpVirtualBoard *self);
JmpVirtualCounters jmp_virtual_board_get_counters (JmpVirtualBoard *self);
void jmp_virtual_board_reset_counters (JmpVirtualBoard *self);
char **jmp_virtual_board_get_violations (JmpVirtualBoard *self) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpVirtualBoard, jmp_virtual_board_unref)

G_END_DECLS
