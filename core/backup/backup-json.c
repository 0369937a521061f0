/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* The description of a backup: written with its file, read without trust. */

#include "backup/backup-private.h"
#include "base/error.h"
#include "board/json.h"
#include "image/image.h"

#include <string.h>

#define SCHEMA    1
#define MAX_TEXT  1000
#define MAX_BYTES (4 * 1024 * 1024)
/* What is never put back is small: option bytes, OTP. */
#define MAX_HEX (64 * 1024)

/* --- Writing --- */

static void
add_text (JsonBuilder *builder, const char *name, const char *text)
{
  if (text == NULL || !jmp_json_text_is_plain (text, MAX_TEXT))
    return;
  json_builder_set_member_name (builder, name);
  json_builder_add_string_value (builder, text);
}

static void
add_number (JsonBuilder *builder, const char *name, guint64 number)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_int_value (builder, (gint64)number);
}

static void
add_object (JsonBuilder *builder, const char *name)
{
  json_builder_set_member_name (builder, name);
  json_builder_begin_object (builder);
}

static char *
to_hex (GBytes *bytes)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  GString *text = g_string_sized_new (size * 2);

  for (gsize i = 0; i < size; i++)
    g_string_append_printf (text, "%02x", data[i]);
  return g_string_free (text, FALSE);
}

static void
add_range (JsonBuilder *builder, const JmpBackupRange *range)
{
  json_builder_begin_object (builder);
  add_number (builder, "alt", range->alt);
  add_text (builder, "memory", range->memory);
  add_number (builder, "address", range->address);
  add_number (builder, "size", range->size);
  add_text (builder, "sha256", range->sha256);
  json_builder_set_member_name (builder, "restore");
  json_builder_add_boolean_value (builder, range->bytes == NULL);
  if (range->bytes != NULL) {
    g_autofree char *hex = to_hex (range->bytes);

    json_builder_set_member_name (builder, "bytes");
    json_builder_add_string_value (builder, hex);
  }
  json_builder_end_object (builder);
}

static void
add_date (JsonBuilder *builder, gint64 date)
{
  g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (date);
  g_autofree char *text = time != NULL ? g_date_time_format_iso8601 (time) : NULL;

  add_text (builder, "date", text);
}

static void
add_board (JsonBuilder *builder, const JmpBackup *self)
{
  add_object (builder, "board");
  add_text (builder, "name", self->board_name);
  add_text (builder, "id", self->board_id);
  add_number (builder, "vid", self->vid);
  add_number (builder, "pid", self->pid);
  add_text (builder, "serial", self->serial);
  json_builder_end_object (builder);
}

/* What stands in the description of @self. */
GBytes *
jmp_backup_describe (const JmpBackup *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  add_number (builder, "schema", SCHEMA);
  add_text (builder, "identity", self->identity);
  add_board (builder, self);
  add_date (builder, self->date);
  add_text (builder, "reason", jmp_backup_reason_to_string (self->reason));
  add_object (builder, "firmware");
  add_text (builder, "version", self->version);
  add_text (builder, "machine", self->machine);
  json_builder_end_object (builder);
  add_object (builder, "file");
  add_number (builder, "size", self->file_size);
  add_text (builder, "sha256", self->sha256);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "ranges");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->ranges->len; i++)
    add_range (builder, g_ptr_array_index (self->ranges, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

/* --- Reading --- */

static JsonObject *
get_object (JsonObject *object, const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

static char *
get_text (JsonObject *object, const char *name)
{
  return g_strdup (jmp_json_get_text (object, name, MAX_TEXT));
}

static char *
get_sha256 (JsonObject *object)
{
  const char *text = jmp_json_get_text (object, "sha256", 64);

  return text != NULL && strspn (text, "0123456789abcdef") == 64 ? g_strdup (text) : NULL;
}

/* The bytes of a range that is not in the file; %NULL where they do not make sense. */
static GBytes *
get_hex (JsonObject *object, guint64 size)
{
  const char *text = jmp_json_get_text (object, "bytes", MAX_HEX);
  g_autofree guint8 *data = NULL;

  if (text == NULL || strlen (text) != size * 2)
    return NULL;
  data = g_malloc (size);
  for (gsize i = 0; i < size; i++) {
    const int high = g_ascii_xdigit_value (text[2 * i]);
    const int low = g_ascii_xdigit_value (text[2 * i + 1]);

    if (high < 0 || low < 0)
      return NULL;
    data[i] = (guint8)(high * 16 + low);
  }
  return g_bytes_new_take (g_steal_pointer (&data), size);
}

static gboolean
read_range (JmpBackup *self, JsonObject *object)
{
  g_autofree char *sha256 = object != NULL ? get_sha256 (object) : NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint64 alt, address, size;
  JmpBackupRange *range;

  if (sha256 == NULL || !jmp_json_get_number (object, "alt", G_MAXUINT8, &alt)
      || !jmp_json_get_number (object, "address", G_MAXUINT32, &address)
      || !jmp_json_get_number (object, "size", JMP_IMAGE_MAX_FILE, &size) || size == 0)
    return FALSE;
  if (!jmp_json_get_flag (object, "restore")) {
    bytes = get_hex (object, size);
    if (bytes == NULL)
      return FALSE;
  }
  range = g_new0 (JmpBackupRange, 1);
  range->alt = (guint8)alt;
  range->memory = get_text (object, "memory");
  range->address = (guint32)address;
  range->size = (guint32)size;
  range->sha256 = g_steal_pointer (&sha256);
  range->bytes = g_steal_pointer (&bytes);
  g_ptr_array_add (self->ranges, range);
  if (range->bytes == NULL)
    self->size += size;
  return TRUE;
}

static gboolean
read_ranges (JmpBackup *self, JsonObject *root)
{
  JsonArray *ranges = jmp_json_get_array (root, "ranges");
  const guint n = ranges != NULL ? json_array_get_length (ranges) : 0;

  for (guint i = 0; i < n; i++) {
    if (!read_range (self, jmp_json_get_element (ranges, i)))
      return FALSE;
  }
  return n > 0 && n <= JMP_IMAGE_MAX_SEGMENTS && self->size <= JMP_IMAGE_MAX_FILE;
}

static void
read_board (JmpBackup *self, JsonObject *root)
{
  JsonObject *board = get_object (root, "board");
  JsonObject *firmware = get_object (root, "firmware");
  guint64 vid = 0;
  guint64 pid = 0;

  self->identity = get_text (root, "identity");
  if (board != NULL) {
    self->board_name = get_text (board, "name");
    self->board_id = get_text (board, "id");
    self->serial = get_text (board, "serial");
    jmp_json_get_number (board, "vid", G_MAXUINT16, &vid);
    jmp_json_get_number (board, "pid", G_MAXUINT16, &pid);
  }
  self->vid = (guint16)vid;
  self->pid = (guint16)pid;
  if (firmware != NULL) {
    self->version = get_text (firmware, "version");
    self->machine = get_text (firmware, "machine");
  }
}

static gboolean
read_date (JmpBackup *self, JsonObject *root)
{
  const char *text = jmp_json_get_text (root, "date", MAX_TEXT);
  g_autoptr (GDateTime) time = text != NULL ? g_date_time_new_from_iso8601 (text, NULL) : NULL;

  if (time != NULL)
    self->date = g_date_time_to_unix (time);
  return time != NULL;
}

/* A reason that a later version of the program knows is none that matters here. */
static void
read_reason (JmpBackup *self, JsonObject *root)
{
  const char *text = jmp_json_get_text (root, "reason", MAX_TEXT);

  self->reason = JMP_BACKUP_BY_HAND;
  for (int i = 0; i < JMP_BACKUP_REASON_N; i++) {
    if (g_strcmp0 (text, jmp_backup_reason_to_string ((JmpBackupReason)i)) == 0)
      self->reason = (JmpBackupReason)i;
  }
}

/* What is wrong with the description, or %NULL. */
static const char *
read_root (JmpBackup *self, JsonObject *root)
{
  JsonObject *file = get_object (root, "file");
  guint64 schema;

  if (!jmp_json_get_number (root, "schema", G_MAXUINT32, &schema) || schema == 0)
    return "its description has no schema";
  read_board (self, root);
  read_reason (self, root);
  if (schema != SCHEMA)
    return "a later version of the program made it";
  if (!read_date (self, root))
    return "its description has no date";
  self->sha256 = file != NULL ? get_sha256 (file) : NULL;
  if (self->sha256 == NULL
      || !jmp_json_get_number (file, "size", JMP_IMAGE_MAX_FILE, &self->file_size))
    return "its description does not say what its file is";
  return read_ranges (self, root) ? NULL : "its description does not say which memory it is of";
}

static char *
check_file (const JmpBackup *self)
{
  g_autofree char *path = g_build_filename (self->folder, JMP_BACKUP_FILE, NULL);
  guint64 size;

  if (!jmp_folder_is_plain_file (path, &size))
    return g_strdup ("its file is missing");
  if (size == self->file_size)
    return NULL;
  return g_strdup_printf ("its file has %" G_GUINT64_FORMAT " bytes instead of %" G_GUINT64_FORMAT,
                          size,
                          self->file_size);
}

/* Fills in what a description says; what is wrong with it, or %NULL. */
char *
jmp_backup_parse (JmpBackup *self, GBytes *description)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) root = jmp_json_parse (description, MAX_BYTES, &error);

  if (root == NULL)
    return g_strdup_printf ("its description cannot be read: %s", error->message);
  if (!JSON_NODE_HOLDS_OBJECT (root))
    return g_strdup ("its description is no object");
  return g_strdup (read_root (self, json_node_get_object (root)));
}

static char *
read_description (JmpBackup *self, const char *path)
{
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint64 size;
  gsize length;

  if (!jmp_folder_is_plain_file (path, &size))
    return g_strdup ("its description is missing");
  if (size > MAX_BYTES)
    return g_strdup ("its description is far too large");
  if (!g_file_get_contents (path, &text, &length, &error))
    return g_strdup (error->message);
  bytes = g_bytes_new_take (g_steal_pointer (&text), length);
  return jmp_backup_parse (self, bytes);
}

/* The backup in @folder. One that cannot be used has its problem, and the day on which its folder was
 * last changed where nothing else is known. The bytes themselves are not read. */
JmpBackup *
jmp_backup_read (const char *folder)
{
  JmpBackup *self = jmp_backup_new (folder);
  g_autofree char *path = g_build_filename (folder, JMP_BACKUP_DESCRIPTION, NULL);
  const gint64 now = g_get_real_time () / G_USEC_PER_SEC;

  self->problem = read_description (self, path);
  if (self->problem == NULL)
    self->problem = check_file (self);
  if (self->date == 0)
    self->date = now - jmp_folder_get_age (folder, now);
  return self;
}
