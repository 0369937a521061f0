/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "base/error.h"
#include "flash/backup-file.h"
#include "image/pack.h"
#include "image/reader.h"
#include "jumperctl/image.h"
#include "jumperctl/json.h"
#include "jumperctl/numbers.h"

#include <glib/gi18n.h>

#include <string.h>

/* One argument: FILE, FILE@ADDR or FILE@ADDR/ALT. */
typedef struct {
  char *path;
  char *name;
  gboolean has_address;
  guint32 address;
  guint8 alt;
} Input;

static void
input_clear (Input *self)
{
  g_free (self->path);
  g_free (self->name);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Input, input_clear)

/* What stands behind the last at sign, when it is an address: a file may have one in its name. */
static void
parse_input (const char *argument, guint8 alt, Input *input)
{
  const char *at = strrchr (argument, '@');
  g_autofree char *where = at != NULL ? g_strdup (at + 1) : NULL;
  char *slash = where != NULL ? strchr (where, '/') : NULL;
  guint64 address = 0;
  guint64 number = alt;

  if (slash != NULL)
    *slash = '\0';
  input->has_address = where != NULL && ctl_parse_number (where, G_MAXUINT32, &address)
                       && (slash == NULL || ctl_parse_number (slash + 1, 255, &number));
  input->path = input->has_address ? g_strndup (argument, (gsize)(at - argument))
                                   : g_strdup (argument);
  input->name = g_filename_display_name (input->path);
  input->address = (guint32)address;
  input->alt = input->has_address ? (guint8)number : alt;
}

/* Bytes at an address: taken as they are, unless the file says itself where it belongs. */
static gboolean
add_bytes (JmpPacker *packer, const Input *input, GBytes *bytes, GError **error)
{
  const JmpReadOptions how = { TRUE, input->address, input->alt, .accept_damaged = FALSE };
  JmpImageFormat format = JMP_IMAGE_RAW;
  g_autoptr (JmpImage) image = NULL;

  if (!jmp_image_detect (bytes, &format))
    return jmp_packer_add_bytes (packer, bytes, input->alt, input->address, input->name, error);
  if (jmp_image_format_has_addresses (format)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "%s: its format (%s) says where it belongs, leave out the address",
                 input->name,
                 jmp_image_format_to_string (format));
    return FALSE;
  }
  image = jmp_image_read (bytes, &how, error);
  return image != NULL && jmp_packer_add_image (packer, image, input->name, error);
}

static gboolean
add_input (CtlSession *session, JmpPacker *packer, const char *argument, GError **error)
{
  g_auto (Input) input = { 0 };
  JmpReadOptions how = { 0 };
  g_autoptr (GFile) file = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JmpImage) image = NULL;

  parse_input (argument, session->options.alt, &input);
  file = g_file_new_for_path (input.path);
  if (input.has_address) {
    bytes = jmp_image_load_file (file, session->cancellable, error);
    return bytes != NULL && add_bytes (packer, &input, bytes, error);
  }
  how.alt = input.alt;
  how.has_family = session->options.has_family;
  how.family = session->options.family;
  image = jmp_image_read_file (file, &how, session->cancellable, error);
  return image != NULL && jmp_packer_add_image (packer, image, input.name, error);
}

static gboolean
set_ids (CtlSession *session, JmpPacker *packer, GError **error)
{
  char **devices = session->options.devices;
  g_auto (GStrv) ids = NULL;
  guint64 number[2] = { 0, 0 };

  if (devices == NULL)
    return TRUE;
  ids = g_strsplit (devices[0], ":", 3);
  if (devices[1] != NULL || g_strv_length (ids) != 2
      || !g_ascii_string_to_unsigned (ids[0], 16, 0, G_MAXUINT16, &number[0], NULL)
      || !g_ascii_string_to_unsigned (ids[1], 16, 0, G_MAXUINT16, &number[1], NULL)) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_USAGE,
                 "--device: a file is for one kind of board, VID:PID, such as 0483:df11");
    return FALSE;
  }
  jmp_packer_set_ids (packer, (guint16)number[0], (guint16)number[1], JMP_IMAGE_ID_ANY);
  return TRUE;
}

static JsonNode *
to_json (CtlSession *session, JmpImage *image)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  ctl_json_string (builder, "file", session->file);
  ctl_image_json (builder, image);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static gboolean
pack_run (CtlSession *session, GError **error)
{
  const char *path = session->options.output;
  g_autoptr (JmpPacker) packer = jmp_packer_new ();
  g_autoptr (JmpImage) image = NULL;

  if (path == NULL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "pack: -o FILE is missing");
    return FALSE;
  }
  session->file = g_filename_display_name (path);
  if (!jmp_backup_file_check (path, TRUE, error) || !set_ids (session, packer, error))
    return FALSE;
  for (char **argument = session->options.files; *argument != NULL; argument++)
    if (!add_input (session, packer, *argument, error))
      return FALSE;
  image = jmp_packer_end (g_steal_pointer (&packer), error);
  if (image == NULL || !jmp_backup_file_save (image, path, JMP_BACKUP_DFUSE, error))
    return FALSE;
  session->result = to_json (session, image);
  ctl_session_print (session, _ ("Packed in %s:\n"), session->file);
  ctl_image_print (session, image);
  return TRUE;
}

const CtlCommand ctl_command_pack = {
  .name = "pack",
  .parameters = N_ ("FILE[@ADDR[/ALT]]…"),
  .summary = N_ ("Make one DfuSe file of firmware and other bytes, each at its address."),
  .examples = "  jumperctl pack -o all.dfu firmware.dfu assets.bin@0x08080000\n"
              "  jumperctl pack -o both.dfu --device 1d50:607f core.bin@0x08005000 "
              "factory.bin@0x20000/1",
  .takes = CTL_TAKES_ALT | CTL_TAKES_OUTPUT | CTL_TAKES_IDS | CTL_TAKES_FAMILY,
  .min_files = 1,
  .max_files = 255,
  .run = pack_run,
};
