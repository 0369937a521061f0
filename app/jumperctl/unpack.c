/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "flash/backup-file.h"
#include "image/pack.h"
#include "image/reader.h"
#include "jumperctl/image.h"
#include "jumperctl/json.h"

#include <glib/gi18n.h>

#include <string.h>

/* The name of the file without folder and ending. */
static char *
make_stem (const char *path)
{
  char *stem = g_path_get_basename (path);
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';
  return stem;
}

/* Bytes of one segment, alone. */
static JmpImage *
make_raw (const JmpUnpacked *file, GError **error)
{
  g_autoptr (JmpImageBuilder) builder = jmp_image_builder_new (JMP_IMAGE_RAW);

  if (!jmp_image_builder_add (
          builder, file->alt, file->segment->address, file->segment->bytes, error))
    return NULL;
  return jmp_image_builder_end (g_steal_pointer (&builder), error);
}

static gboolean
save (const JmpUnpacked *file, const char *path, GError **error)
{
  g_autoptr (JmpImage) raw = make_raw (file, error);

  return raw != NULL && jmp_backup_file_save (raw, path, JMP_BACKUP_RAW, error);
}

static void
add_file (JsonBuilder *builder, const JmpUnpacked *file, const char *path)
{
  g_autofree char *shown = g_filename_display_name (path);

  json_builder_begin_object (builder);
  ctl_json_string (builder, "file", shown);
  ctl_json_number (builder, "alt", file->alt);
  ctl_json_number (builder, "address", file->segment->address);
  ctl_json_number (builder, "size", g_bytes_get_size (file->segment->bytes));
  json_builder_end_object (builder);
}

/* Nothing is written before it is sure that nothing has to be overwritten. */
static gboolean
write_files (CtlSession *session, GArray *files, JsonBuilder *builder, GError **error)
{
  const char *folder = session->options.output != NULL ? session->options.output : ".";
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < files->len; i++) {
    const JmpUnpacked *file = &g_array_index (files, JmpUnpacked, i);
    char *path = g_build_filename (folder, file->name, NULL);

    g_ptr_array_add (paths, path);
    if (!jmp_backup_file_check (path, session->options.yes, error))
      return FALSE;
  }
  for (guint i = 0; i < files->len; i++) {
    const JmpUnpacked *file = &g_array_index (files, JmpUnpacked, i);
    g_autofree char *shown = g_filename_display_name (paths->pdata[i]);

    if (!save (file, paths->pdata[i], error))
      return FALSE;
    add_file (builder, file, paths->pdata[i]);
    ctl_session_print (session,
                       _ ("  %s: alt %u, 0x%08X, %zu bytes\n"),
                       shown,
                       file->alt,
                       file->segment->address,
                       g_bytes_get_size (file->segment->bytes));
  }
  return TRUE;
}

static gboolean
unpack_run (CtlSession *session, GError **error)
{
  const char *path = session->options.files[0];
  const JmpReadOptions how = { session->options.has_address,
                               session->options.address,
                               session->options.alt,
                               .accept_damaged = FALSE };
  g_autoptr (GFile) source = g_file_new_for_path (path);
  g_autoptr (JmpImage) image = NULL;
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *stem = make_stem (path);
  g_autoptr (GArray) files = NULL;

  session->file = g_filename_display_name (path);
  image = jmp_image_read_file (source, &how, session->cancellable, error);
  if (image == NULL)
    return FALSE;
  files = jmp_unpack (image, stem);
  ctl_session_print (session, _ ("Unpacked from %s:\n"), session->file);
  json_builder_begin_object (builder);
  ctl_json_string (builder, "file", session->file);
  json_builder_set_member_name (builder, "files");
  json_builder_begin_array (builder);
  if (!write_files (session, files, builder, error))
    return FALSE;
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  session->result = json_builder_get_root (builder);
  return TRUE;
}

const CtlCommand ctl_command_unpack = {
  .name = "unpack",
  .parameters = N_ ("FILE"),
  .summary = N_ ("Write each part of a firmware file into a file of its own."),
  .examples = "  jumperctl unpack firmware.dfu -o parts\n"
              "  jumperctl unpack firmware.hex",
  .takes = CTL_TAKES_ALT | CTL_TAKES_ADDRESS | CTL_TAKES_OUTPUT | CTL_TAKES_YES,
  .min_files = 1,
  .max_files = 1,
  .run = unpack_run,
};
