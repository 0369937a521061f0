/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A simulated Linux usbfs with virtual boards on it: what libusb, and any program that uses it,
 * sees is a bus with real device nodes, sysfs entries and hotplug events (umockdev).
 *
 * Boards come and go by themselves as jmp_virtual_board_watch() tells: one that starts its program
 * leaves the bus. One thread, the test's, uses a #MockUsbfs; only one may exist at a time. */

#pragma once

#include "virtual/board.h"

G_BEGIN_DECLS

typedef struct _MockUsbfs MockUsbfs;

/* NULL where umockdev does not work, or was not preloaded: skip then. */
MockUsbfs *mock_usbfs_new (void);
void mock_usbfs_free (MockUsbfs *self);

/* Plugs @board into the next free port; returns the port's path ("1-1"), which the mock owns. A board
 * that is not in DFU mode is seen when it gets there. The mock watches the board; nobody else can. */
const char *mock_usbfs_plug (MockUsbfs *self, JmpVirtualBoard *board);
/* Plugs it into a port of a hub, which appears in the next free port ("1-2.4" for port 4). */
const char *mock_usbfs_plug_behind_hub (MockUsbfs *self, JmpVirtualBoard *board, guint port);
/* Pulls a board out: what is under way fails, then the device is gone from the bus. */
void mock_usbfs_unplug (MockUsbfs *self, const char *path);
/* Plugs it into the same port again; it gets another device number. */
void mock_usbfs_replug (MockUsbfs *self, const char *path);
/* Waits until the bus shows what the boards are; for after a board did something by itself. */
void mock_usbfs_settle (MockUsbfs *self);

/* Before the first board: boards that run MicroPython are on the bus too, with a serial port. */
void mock_usbfs_show_consoles (MockUsbfs *self);

/* What can go wrong. */
void mock_usbfs_deny_open (MockUsbfs *self, const char *path);
void mock_usbfs_allow_open (MockUsbfs *self, const char *path);
void mock_give_up_right_to_open (void);
void mock_usbfs_stall_next (MockUsbfs *self, const char *path);
/* The next transfer is lost on the wire. */
void mock_usbfs_disturb_next (MockUsbfs *self, const char *path);
/* From now on no transfer ends. */
void mock_usbfs_hang (MockUsbfs *self, const char *path);
/* As soon as the board has read, programmed and erased so much, each transfer takes @us longer, in real
 * time: who watches has time to look, and to do something. 0 ends it. */
void mock_usbfs_drag (MockUsbfs *self, const char *path, const JmpVirtualCounters *from, guint us);
/* How many transfers are under way. */
guint mock_usbfs_get_under_way (MockUsbfs *self, const char *path);

/* Sets the environment of a child process that is to see the simulated bus. */
void mock_usbfs_prepare_child (MockUsbfs *self, GSubprocessLauncher *launcher);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (MockUsbfs, mock_usbfs_free)

G_END_DECLS
