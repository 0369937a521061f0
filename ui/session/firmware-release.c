/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A release as firmware: from the cache, or from the network. */

#include "config.h"

#include "session/firmware-private.h"

#include "words/words-releases.h"

typedef struct {
  JmpLibrary *library;
  JmpRelease *release;
  JmpDfuInfo *board;
  char *name;
} Source;

static void
source_free (gpointer data)
{
  Source *self = data;

  jmp_library_unref (self->library);
  jmp_release_unref (self->release);
  g_clear_pointer (&self->board, jmp_dfu_info_unref);
  g_free (self->name);
  g_free (self);
}

static JmpFirmware *
load_release (gpointer user_data, JmpFirmwareLoad *load, GError **error)
{
  const Source *source = user_data;
  const JmpFetchOptions options = {
    .board = source->board,
    .read = load->read,
    .progress = load->progress,
    .user_data = load->progress_data,
  };
  g_autoptr (JmpFetched) fetched = jmp_fetcher_get (jmp_library_get_fetcher (source->library),
                                                    source->release,
                                                    &options,
                                                    load->cancellable,
                                                    error);

  if (fetched == NULL)
    return NULL;
  return jmp_firmware_new (&(JmpFirmware){
      .origin = JMP_FIRMWARE_RELEASE,
      .name = source->name,
      .image = fetched->image,
      .release = source->release,
      .trust = fetched->trust,
      .encrypted = fetched->encrypted,
      .was_damaged = fetched->was_damaged,
      .not_kept = fetched->not_kept != NULL ? fetched->not_kept->message : NULL,
      .board_id = source->release->board_id,
      .variant = source->release->variant,
      .version = source->release->version,
  });
}

/**
 * jmp_firmware_loader_new_release:
 * @library: where it is had from
 * @release: a release
 * @board: (nullable): the board that it is for, in DFU mode
 *
 * Returns: (transfer full): what gets the file of @release and checks it
 */
JmpFirmwareLoader *
jmp_firmware_loader_new_release (JmpLibrary *library, JmpRelease *release, JmpDfuInfo *board)
{
  Source *source = g_new0 (Source, 1);
  JmpFirmwareLoader *self;

  source->library = jmp_library_ref (library);
  source->release = jmp_release_ref (release);
  source->board = board != NULL ? jmp_dfu_info_ref (board) : NULL;
  source->name = jmp_words_release_name (release);
  self = jmp_firmware_loader_new (
      JMP_FIRMWARE_RELEASE, source->name, load_release, source, source_free);
  self->release = jmp_release_ref (release);
  return self;
}
