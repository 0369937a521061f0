/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/firmware.h"

#include "base/error.h"
#include "image/reader.h"
#include "jumperctl/released.h"
#include "words/words.h"

#include <glib/gi18n.h>

static void
add_warnings (CtlSession *session, const char *name, JmpImage *image)
{
  const char *const *warnings = jmp_image_get_warnings (image);

  for (; warnings != NULL && *warnings != NULL; warnings++)
    ctl_session_warn (session, "%s: %s", name, *warnings);
}

static gboolean
add_target (JmpImageBuilder *builder, const JmpImageTarget *target, GError **error)
{
  if (target->name != NULL)
    jmp_image_builder_name_target (builder, target->alt, target->name);
  for (guint i = 0; i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];

    if (!jmp_image_builder_add (builder, target->alt, segment->address, segment->bytes, error))
      return FALSE;
  }
  return TRUE;
}

/**
 * ctl_firmware_only_alt:
 * @image: firmware
 * @alt: alt setting
 * @error: %JMP_ERROR_DOES_NOT_FIT
 *
 * The part of @image that is for one alt setting.
 *
 * Returns: (transfer full) (nullable): %NULL with @error set where there is no such part
 */
JmpImage *
ctl_firmware_only_alt (JmpImage *image, guint8 alt, GError **error)
{
  const JmpImageTarget *target = jmp_image_find_target (image, alt);
  g_autoptr (JmpImageBuilder) builder = NULL;

  if (target == NULL) {
    g_set_error (
        error, JMP_ERROR, JMP_ERROR_DOES_NOT_FIT, "nothing in it is for alt setting %u", alt);
    return NULL;
  }
  if (jmp_image_get_n_targets (image) == 1)
    return jmp_image_ref (image);
  builder = jmp_image_builder_new (jmp_image_get_format (image));
  jmp_image_builder_set_ids (builder,
                             jmp_image_get_vid (image),
                             jmp_image_get_pid (image),
                             jmp_image_get_bcd_device (image));
  jmp_image_builder_set_crc (builder, jmp_image_get_crc (image));
  if (!add_target (builder, target, error))
    return NULL;
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}

/* Whether the file itself says where its bytes belong. */
/* A file, or where there is none of that name, what is released for a board. */
static JmpImage *
load (CtlSession *session, const char *path, const JmpReadOptions *how, GError **error)
{
  g_autoptr (GFile) file = NULL;
  gboolean is_release = FALSE;
  JmpImage *image = NULL;

  if ((session->command->takes & CTL_TAKES_CHANNEL) != 0)
    image = ctl_released_read (session, path, &is_release, error);
  if (is_release)
    return image;
  file = g_file_new_for_path (path);
  return jmp_image_read_file (file, how, session->cancellable, error);
}

static JmpImage *
read_one (CtlSession *session, const char *path, GError **error)
{
  const CtlOptions *options = &session->options;
  const JmpReadOptions how = {
    .has_address = options->has_address,
    .address = options->address,
    .alt = options->alt,
    .has_family = options->has_family,
    .family = options->family,
  };
  g_autoptr (JmpImage) image = load (session, path, &how, error);
  JmpImage *chosen;

  if (image == NULL)
    return NULL;
  if (options->has_address && jmp_image_format_has_addresses (jmp_image_get_format (image))) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%s: the file says itself where it belongs: --address is for raw files",
                 path);
    return NULL;
  }
  if (options->has_family && jmp_image_get_format (image) != JMP_IMAGE_UF2) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "%s: --family is for UF2 files", path);
    return NULL;
  }
  if (!options->has_alt)
    return g_steal_pointer (&image);
  chosen = ctl_firmware_only_alt (image, options->alt, error);
  if (chosen == NULL)
    g_prefix_error (error, "%s: ", path);
  return chosen;
}

/**
 * ctl_firmware_read:
 * @session: a session
 * @error: as jmp_image_read_file(), with the file's name, and ctl_released_read()
 *
 * Reads every file or release of the command line, with what --address and --alt say about it.
 *
 * Returns: (transfer container) (element-type JmpImage) (nullable): an image for each file
 */
GPtrArray *
ctl_firmware_read (CtlSession *session, GError **error)
{
  g_autoptr (GPtrArray) images = g_ptr_array_new_with_free_func ((GDestroyNotify)jmp_image_unref);

  for (char **path = session->options.files; *path != NULL; path++) {
    g_autofree char *name = g_filename_display_name (*path);
    JmpImage *image = read_one (session, *path, error);

    if (session->file == NULL)
      session->file = g_strdup (name);
    if (image == NULL)
      return NULL;
    g_ptr_array_add (images, image);
    add_warnings (session, name, image);
  }
  return g_steal_pointer (&images);
}

/**
 * ctl_firmware_check_ids:
 * @session: a session
 * @board: a board of it
 * @images: (element-type JmpImage): firmware
 * @error: %JMP_ERROR_MISMATCH
 *
 * Whether the files were made for the board, as far as they say. With --yes a mismatch is a
 * warning.
 *
 * Returns: %FALSE with @error set where one names another board
 */
gboolean
ctl_firmware_check_ids (CtlSession *session, CtlBoard *board, GPtrArray *images, GError **error)
{
  const JmpDfuInfo *info = jmp_device_get_info (board->device);
  g_autofree char *own = jmp_words_ids (info->vid, info->pid);

  for (guint i = 0; i < images->len; i++) {
    JmpImage *image = g_ptr_array_index (images, i);
    g_autofree char *name = g_filename_display_name (session->options.files[i]);
    g_autofree char *ids = NULL;

    if (!jmp_image_names_board (image) || jmp_image_is_for (image, info->vid, info->pid))
      continue;
    ids = jmp_words_ids (jmp_image_get_vid (image), jmp_image_get_pid (image));
    if (!session->options.yes) {
      session->wants_yes = TRUE;
      g_set_error (error,
                   JMP_ERROR,
                   JMP_ERROR_MISMATCH,
                   "%s: made for %s, and the board is %s",
                   name,
                   ids,
                   own);
      return FALSE;
    }
    ctl_board_warn (board, _ ("%s was made for %s, and the board is %s."), name, ids, own);
  }
  return TRUE;
}

/**
 * ctl_firmware_join:
 * @images: (element-type JmpImage): firmware, at least one
 * @error: %JMP_ERROR_INVALID_FILE where files overlap
 *
 * Several files as one.
 *
 * Returns: (transfer full) (nullable): the firmware
 */
JmpImage *
ctl_firmware_join (GPtrArray *images, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = NULL;

  if (images->len == 1)
    return jmp_image_ref (g_ptr_array_index (images, 0));
  builder = jmp_image_builder_new (JMP_IMAGE_DFUSE);
  for (guint i = 0; i < images->len; i++) {
    JmpImage *image = g_ptr_array_index (images, i);

    for (guint t = 0; t < jmp_image_get_n_targets (image); t++) {
      if (!add_target (builder, jmp_image_get_target (image, t), error)) {
        g_prefix_error (error, "joining the files: ");
        return NULL;
      }
    }
  }
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}
