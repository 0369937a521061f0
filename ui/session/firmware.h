/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Firmware that is chosen for a board, wherever it comes from: a file, a release, a backup.
 *
 * #JmpFirmware is what was loaded, an immutable, ref-counted value: borrow the members, do not change
 * them. #JmpFirmwareLoader is how it is had, and how it is had again. Knows no toolkit. Any thread;
 * load functions run on a worker. */

#pragma once

#include "image/raw.h"
#include "release/library.h"

G_BEGIN_DECLS

/**
 * JmpFirmwareOrigin:
 * @JMP_FIRMWARE_FILE: a file that the person chose
 * @JMP_FIRMWARE_RELEASE: a release
 * @JMP_FIRMWARE_BACKUP: a backup of a board
 */
typedef enum {
  JMP_FIRMWARE_FILE,
  JMP_FIRMWARE_RELEASE,
  JMP_FIRMWARE_BACKUP,
} JmpFirmwareOrigin;

/**
 * JmpFirmware:
 * @origin: where it comes from
 * @name: what it is called: a file's name, a release's name and version
 * @image: what is in it
 * @file: (nullable): the file that the person chose
 * @release: (nullable): the release
 * @trust: what is known about the release's file
 * @encrypted: whether it came over an encrypted connection
 * @was_damaged: whether the copy on this computer was damaged, and it was downloaded again
 * @not_kept: (nullable): why it could not be kept for the next time, as the core says it
 * @board_id: (nullable): the board of the catalogue that it is for
 * @variant: (nullable): which build; %NULL is the standard one, where @board_id is set
 * @version: (nullable): its version
 */
typedef struct {
  JmpFirmwareOrigin origin;
  char *name;
  JmpImage *image;
  GFile *file;
  JmpRelease *release;
  JmpTrust trust;
  gboolean encrypted;
  gboolean was_damaged;
  char *not_kept;
  char *board_id;
  char *variant;
  char *version;
} JmpFirmware;

JmpFirmware *jmp_firmware_new (const JmpFirmware *values) G_GNUC_WARN_UNUSED_RESULT;
JmpFirmware *jmp_firmware_ref (JmpFirmware *self);
void jmp_firmware_unref (JmpFirmware *self);

/**
 * JmpFirmwareLoad:
 * @read: how to read a file whose format leaves something open: where raw bytes belong
 * @progress: (nullable): told how far a download is, on the worker's thread
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it
 * @has_guess: (out): whether @guess was found
 * @guess: (out): where raw bytes most likely belong, when they were refused for having no address
 *
 * One attempt to load firmware.
 */
typedef struct {
  const JmpReadOptions *read;
  JmpDownloadProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;
  gboolean has_guess;
  JmpRawGuess guess;
} JmpFirmwareLoad;

/**
 * JmpFirmwareLoadFunc:
 * @user_data: what the loader was made with
 * @load: how to load it, and whom to tell
 * @error: why it cannot be had
 *
 * Loads firmware; on a worker's thread, perhaps again after it failed.
 *
 * Returns: (transfer full) (nullable): the firmware
 */
typedef JmpFirmware *(*JmpFirmwareLoadFunc) (gpointer user_data,
                                             JmpFirmwareLoad *load,
                                             GError **error);

typedef struct _JmpFirmwareLoader JmpFirmwareLoader;

JmpFirmwareLoader *jmp_firmware_loader_new (JmpFirmwareOrigin origin,
                                            const char *name,
                                            JmpFirmwareLoadFunc load,
                                            gpointer user_data,
                                            GDestroyNotify destroy) G_GNUC_WARN_UNUSED_RESULT;
JmpFirmwareLoader *jmp_firmware_loader_new_file (GFile *file) G_GNUC_WARN_UNUSED_RESULT;
JmpFirmwareLoader *jmp_firmware_loader_new_release (JmpLibrary *library,
                                                    JmpRelease *release,
                                                    JmpDfuInfo *board) G_GNUC_WARN_UNUSED_RESULT;
JmpFirmwareLoader *jmp_firmware_loader_ref (JmpFirmwareLoader *self);
void jmp_firmware_loader_unref (JmpFirmwareLoader *self);
JmpFirmwareOrigin jmp_firmware_loader_get_origin (JmpFirmwareLoader *self);
const char *jmp_firmware_loader_get_name (JmpFirmwareLoader *self);
GFile *jmp_firmware_loader_get_file (JmpFirmwareLoader *self);
JmpRelease *jmp_firmware_loader_get_release (JmpFirmwareLoader *self);
JmpFirmware *jmp_firmware_loader_load (JmpFirmwareLoader *self,
                                       JmpFirmwareLoad *load,
                                       GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpFirmware, jmp_firmware_unref)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (JmpFirmwareLoader, jmp_firmware_loader_unref)

G_END_DECLS
