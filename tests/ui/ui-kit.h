/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Boards, firmware files and waiting, for the tests of the session and the window.
 *
 * A KitBoard is a virtual pyboard that takes no time, as a device, with a hand that does something at
 * one moment of the work: the job's thread waits meanwhile, so nothing here depends on time. */

#pragma once

#include "device/device.h"
#include "session/session.h"
#include "virtual/board.h"

G_BEGIN_DECLS

/* The first transfer of its kind: what is read before anything was written is compared. */
typedef enum {
  KIT_NEVER,
  KIT_COMPARE,
  KIT_ERASE,
  KIT_WRITE,
  KIT_VERIFY,
} KitMoment;

/* On the main thread. */
typedef void (*KitHand) (gpointer user_data);

typedef struct {
  JmpVirtualBoard *board;
  JmpDevice *device;
  char *port;
  KitMoment moment;
  guint skip; /* how many transfers of that kind come before */
  gboolean written;
  KitHand hand;
  gpointer hand_data;
} KitBoard;

KitBoard *kit_board_new (const char *spec);
KitBoard *kit_board_new_on (const char *port, const char *spec);
void kit_board_free (KitBoard *self);
void kit_board_at (KitBoard *self, KitMoment moment, KitHand hand, gpointer hand_data);
void kit_board_after (
    KitBoard *self, KitMoment moment, guint skip, KitHand hand, gpointer hand_data);
void kit_board_unplug (KitBoard *self);
void kit_board_plug (KitBoard *self);
JmpDevice *kit_unusable_device_new (int code);

/* What is in the file that a test makes. */
typedef struct {
  guint32 address;
  guint32 size;
  guint16 vid;
  guint16 pid;
  gboolean is_program; /* begins with a vector table */
} KitFirmware;

/* Fits a pyboard: part of sector 0, as data. */
extern const KitFirmware KIT_GOOD;
/* The same for sectors 0 to 2, as a program. */
extern const KitFirmware KIT_PROGRAM;

GBytes *kit_firmware_bytes (const KitFirmware *firmware);
GFile *kit_firmware_file (const KitFirmware *firmware, const char *name);
GFile *kit_file (const char *name, const void *data, gsize size);
char *kit_folder (void);
JmpLibrary *kit_library (void);
int kit_make_folder (void **state);
int kit_remove_folder (void **state);

gboolean kit_board_holds (KitBoard *self, const KitFirmware *firmware);

typedef gboolean (*KitCondition) (gpointer user_data);
void kit_wait (KitCondition condition, gpointer user_data);
void kit_wait_for_state (JmpSession *session, JmpSessionState state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (KitBoard, kit_board_free)

G_END_DECLS
