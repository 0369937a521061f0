/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "mock-usbfs-device.h"
#include "mock-usbfs-lag.h"
#include "mock-usbfs-node.h"

/* A transfer that was submitted. */
typedef struct {
  UMockdevIoctlClient *client; /* (not owned) */
  UMockdevIoctlData *urb;      /* (owned) */
  gint64 done_at;              /* on the board's clock */
  gint64 not_before;           /* real time */
  gboolean hangs;
  int status;
  int moved;
} Urb;

/* A CLAIMINTERFACE that was not answered yet. */
typedef struct {
  UMockdevIoctlClient *client; /* (owned) */
  gint64 until;                /* real time */
} Waiter;

struct _MockUsbfsDevice {
  UMockdevIoctlBase parent_instance;

  JmpVirtualBoard *board;
  GSource *timer;
  MockUsbfsNode node;
  MockUsbfsLag lag;
  GRecMutex lock; /* recursive: see mock_usbfs_device_answer() */
  GPtrArray *urbs;
  GPtrArray *waiters;
  UMockdevIoctlClient *claimed_by; /* (not owned) */
  int fail_next;                   /* an errno, or 0 */
  gint64 stalled_at;               /* real time of the last answer, if that was a stall; else 0 */
  JmpVirtualCounters drag_from;
  guint drag_us; /* 0: none */
  gboolean hangs;
  gboolean broken;
  gboolean gone;
};

/* Lock held. */
gboolean mock_usbfs_device_is_done (MockUsbfsDevice *self, Urb *urb);
/* Answers who can be answered, says whether there is something to reap, and sets the timer for what is
 * to come. Lock held. */
void mock_usbfs_device_answer (MockUsbfsDevice *self);
