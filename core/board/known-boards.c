/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/known-boards.h"

#include "base/error.h"
#include "base/paths.h"
#include "base/save.h"
#include "board/fields.h"
#include "board/json.h"
#include "device/identity.h"

#include <glib/gstdio.h>
#include <string.h>

/* USB strings have at most 126 characters (USB 2.0, 9.6.7), of at most three bytes in UTF-8. */
#define MAX_SERIAL 400
#define MAX_WORD   64

struct _JmpKnownBoards {
  char *folder;
  GMutex mutex;
  GError *problem;
};

/* The members of text, and where they belong. */
static const struct {
  const char *key;
  gsize offset;
  gboolean is_word;
  gsize max;
  JmpFieldNeed need;
} members[] = {
  { "serial", G_STRUCT_OFFSET (JmpKnownBoard, serial), FALSE, MAX_SERIAL, JMP_FIELD_REQUIRED },
  { "nickname",
    G_STRUCT_OFFSET (JmpKnownBoard, nickname),
    FALSE,
    JMP_KNOWN_BOARDS_MAX_NICKNAME,
    JMP_FIELD_OPTIONAL },
  { "board", G_STRUCT_OFFSET (JmpKnownBoard, board_id), TRUE, MAX_WORD, JMP_FIELD_OPTIONAL },
  { "variant", G_STRUCT_OFFSET (JmpKnownBoard, variant), TRUE, MAX_WORD, JMP_FIELD_OPTIONAL },
  { "version", G_STRUCT_OFFSET (JmpKnownBoard, version), TRUE, MAX_WORD, JMP_FIELD_OPTIONAL },
  { "running_serial",
    G_STRUCT_OFFSET (JmpKnownBoard, running_serial),
    FALSE,
    MAX_SERIAL,
    JMP_FIELD_OPTIONAL },
};

static char **
member_of (JmpKnownBoard *board, guint index)
{
  return &G_STRUCT_MEMBER (char *, board, members[index].offset);
}

/**
 * jmp_known_board_free:
 * @board: (transfer full): what is known of a board
 *
 * Frees it.
 */
void
jmp_known_board_free (JmpKnownBoard *board)
{
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    g_free (*member_of (board, i));
  g_free (board);
}

/**
 * jmp_known_board_copy:
 * @board: what is known of a board
 *
 * Returns: (transfer full): the same once more
 */
JmpKnownBoard *
jmp_known_board_copy (const JmpKnownBoard *board)
{
  JmpKnownBoard *copy = g_new0 (JmpKnownBoard, 1);

  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    *member_of (copy, i) = g_strdup (*member_of ((JmpKnownBoard *)board, i));
  copy->backed_up = board->backed_up;
  copy->unfinished = board->unfinished;
  return copy;
}

/**
 * jmp_known_board_parse:
 * @bytes: what a file has
 * @error: return location for an error
 *
 * Reads what is known of a board, strictly.
 *
 * Errors: %JMP_ERROR_INVALID_FILE; %JMP_ERROR_NOT_SUPPORTED for another schema.
 *
 * Returns: (transfer full) (nullable): what is known
 */
JmpKnownBoard *
jmp_known_board_parse (GBytes *bytes, GError **error)
{
  g_autoptr (JsonNode) root = jmp_json_parse (bytes, JMP_KNOWN_BOARDS_MAX_FILE, error);
  g_autoptr (JmpKnownBoard) board = g_new0 (JmpKnownBoard, 1);
  g_auto (JmpFields) fields = { 0 };
  guint64 schema;

  if (root == NULL)
    return NULL;
  jmp_fields_init (&fields, root, "board");
  schema = jmp_fields_number (&fields, "schema", G_MAXUINT32);
  if (fields.error == NULL && schema != JMP_KNOWN_BOARDS_SCHEMA) {
    g_set_error (error,
                 JMP_ERROR,
                 JMP_ERROR_NOT_SUPPORTED,
                 "a board of schema %u, which this version does not know (it knows %u)",
                 (guint)schema,
                 JMP_KNOWN_BOARDS_SCHEMA);
    return NULL;
  }
  for (guint i = 0; i < G_N_ELEMENTS (members); i++)
    *member_of (
        board,
        i) = members[i].is_word
                 ? jmp_fields_word (&fields, members[i].key, members[i].max, members[i].need)
                 : jmp_fields_text (&fields, members[i].key, members[i].max, members[i].need);
  board->backed_up = jmp_fields_flag (&fields, "backed_up", JMP_FIELD_OPTIONAL);
  board->unfinished = jmp_fields_flag (&fields, "unfinished", JMP_FIELD_OPTIONAL);
  return jmp_fields_end (&fields, error) ? g_steal_pointer (&board) : NULL;
}

static GBytes *
to_bytes (const JmpKnownBoard *board)
{
  g_autoptr (JsonNode) root = json_node_new (JSON_NODE_OBJECT);
  JsonObject *object = json_object_new ();
  char *text;

  json_object_set_int_member (object, "schema", JMP_KNOWN_BOARDS_SCHEMA);
  for (guint i = 0; i < G_N_ELEMENTS (members); i++) {
    const char *value = *member_of ((JmpKnownBoard *)board, i);

    if (value != NULL)
      json_object_set_string_member (object, members[i].key, value);
  }
  if (board->backed_up)
    json_object_set_boolean_member (object, "backed_up", TRUE);
  if (board->unfinished)
    json_object_set_boolean_member (object, "unfinished", TRUE);
  json_node_take_object (root, object);
  text = json_to_string (root, TRUE);
  return g_bytes_new_take (text, strlen (text));
}

/**
 * jmp_known_boards_new:
 * @folder: (nullable) (type filename): where they are; %NULL is "boards" in the data folder
 *
 * Opens what is known of the person's boards. The folder is made when something is kept.
 *
 * Returns: (transfer full): the boards
 */
JmpKnownBoards *
jmp_known_boards_new (const char *folder)
{
  JmpKnownBoards *self = g_atomic_rc_box_new0 (JmpKnownBoards);
  g_autofree char *data = jmp_paths_data ();

  self->folder = folder != NULL ? g_strdup (folder) : g_build_filename (data, "boards", NULL);
  g_mutex_init (&self->mutex);
  return self;
}

/**
 * jmp_known_boards_ref:
 * @self: boards
 *
 * Returns: (transfer full): one more reference
 */
JmpKnownBoards *
jmp_known_boards_ref (JmpKnownBoards *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
boards_clear (gpointer data)
{
  JmpKnownBoards *self = data;

  g_free (self->folder);
  g_mutex_clear (&self->mutex);
  g_clear_error (&self->problem);
}

/**
 * jmp_known_boards_unref:
 * @self: (transfer full): boards
 *
 * Gives up a reference; what is kept stays.
 */
void
jmp_known_boards_unref (JmpKnownBoards *self)
{
  g_atomic_rc_box_release_full (self, boards_clear);
}

/* The first that nobody has asked for yet. */
static void
note_problem (JmpKnownBoards *self, const GError *problem)
{
  g_mutex_lock (&self->mutex);
  if (self->problem == NULL)
    self->problem = g_error_copy (problem);
  g_mutex_unlock (&self->mutex);
}

/**
 * jmp_known_boards_steal_problem:
 * @self: boards
 *
 * What was found to be wrong with what is kept, since the last time that this was asked: a damaged file
 * (%JMP_ERROR_INVALID_FILE), which stands beside its place now and says where; one of a newer version
 * (%JMP_ERROR_NOT_SUPPORTED), or one that cannot be read (%JMP_ERROR_FILE), which are left alone.
 *
 * Returns: (transfer full) (nullable): what is wrong
 */
GError *
jmp_known_boards_steal_problem (JmpKnownBoards *self)
{
  GError *problem;

  g_mutex_lock (&self->mutex);
  problem = g_steal_pointer (&self->problem);
  g_mutex_unlock (&self->mutex);
  return problem;
}

static char *
make_path (JmpKnownBoards *self, const char *serial)
{
  g_autofree char *hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, serial, -1);
  g_autofree char *name = g_strconcat (hash, ".json", NULL);

  return g_build_filename (self->folder, name, NULL);
}

/* %NULL without @error where there is none. */
static GBytes *
read_bytes (const char *path, GError **error)
{
  g_autoptr (GError) why = NULL;
  GStatBuf status;
  char *text;
  gsize size;

  if (g_stat (path, &status) == 0 && status.st_size > JMP_KNOWN_BOARDS_MAX_FILE) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "larger than any that was written here");
    return NULL;
  }
  if (jmp_read_whole (path, &text, &size, &why))
    return g_bytes_new_take (text, size);
  if (!g_error_matches (why, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "%s", why->message);
  return NULL;
}

/* A damaged file makes room for a good one, but is still there for whoever wants to look. */
static void
put_aside (const char *path, GError **problem)
{
  g_autofree char *aside = g_strconcat (path, ".damaged", NULL);

  if (g_rename (path, aside) == 0)
    g_prefix_error (problem, "%s was damaged, and is %s now: ", path, aside);
  else
    g_prefix_error (problem, "%s is damaged, and cannot be put aside: ", path);
}

/* What @path says, where that makes sense. %NULL with @error set where it must not be written over. */
static JmpKnownBoard *
load (JmpKnownBoards *self, const char *path, GError **error)
{
  g_autoptr (GError) problem = NULL;
  g_autoptr (GBytes) bytes = read_bytes (path, &problem);
  JmpKnownBoard *board = bytes != NULL ? jmp_known_board_parse (bytes, &problem) : NULL;

  if (problem == NULL)
    return board;
  if (g_error_matches (problem, JMP_ERROR, JMP_ERROR_INVALID_FILE)) {
    put_aside (path, &problem);
    note_problem (self, problem);
    if (!g_file_test (path, G_FILE_TEST_EXISTS))
      return NULL;
  } else {
    g_prefix_error (&problem, "%s: ", path);
    note_problem (self, problem);
  }
  g_propagate_error (error, g_steal_pointer (&problem));
  return NULL;
}

/**
 * jmp_known_boards_find:
 * @self: boards
 * @serial: (nullable): serial number in DFU mode
 *
 * What is known of the board with this number.
 *
 * Returns: (transfer full) (nullable): what is known
 */
JmpKnownBoard *
jmp_known_boards_find (JmpKnownBoards *self, const char *serial)
{
  g_autofree char *path = NULL;
  g_autoptr (JmpKnownBoard) board = NULL;

  if (!jmp_serial_is_unique (serial))
    return NULL;
  path = make_path (self, serial);
  board = load (self, path, NULL);
  return board != NULL && strcmp (board->serial, serial) == 0 ? g_steal_pointer (&board) : NULL;
}

/**
 * jmp_known_boards_find_running:
 * @self: boards
 * @running_serial: (nullable): serial number while the board's program runs
 *
 * What is known of the board that has this number while its program runs. Reads the files of all
 * boards, at most %JMP_KNOWN_BOARDS_MAX.
 *
 * Returns: (transfer full) (nullable): what is known; %NULL also where two boards have that number
 */
JmpKnownBoard *
jmp_known_boards_find_running (JmpKnownBoards *self, const char *running_serial)
{
  g_autoptr (GDir) folder = g_dir_open (self->folder, 0, NULL);
  g_autoptr (JmpKnownBoard) found = NULL;
  const char *name;

  if (folder == NULL || !jmp_serial_is_unique (running_serial))
    return NULL;
  for (guint n = 0; n < JMP_KNOWN_BOARDS_MAX && (name = g_dir_read_name (folder)) != NULL; n++) {
    g_autofree char *path = g_build_filename (self->folder, name, NULL);
    g_autoptr (JmpKnownBoard) board = NULL;

    if (!g_str_has_suffix (name, ".json"))
      continue;
    board = load (self, path, NULL);
    if (board == NULL || g_strcmp0 (board->running_serial, running_serial) != 0)
      continue;
    if (found != NULL)
      return NULL;
    found = g_steal_pointer (&board);
  }
  return g_steal_pointer (&found);
}

/**
 * jmp_known_boards_set:
 * @self: boards
 * @board: what is known of one; takes the place of what was known of its serial number
 * @error: return location for an error
 *
 * Keeps what is known of a board. To change one thing: find, change, set; of two programs that do so at
 * the same moment with the same board, the later one wins.
 *
 * Errors: %JMP_ERROR_USAGE for what cannot be read again (a nickname of several lines, a version with
 * blanks); %JMP_ERROR_FILE; %JMP_ERROR_NOT_SUPPORTED where a newer version of the program knows more of
 * it; %JMP_ERROR_INVALID_FILE where a damaged file is in the way and cannot be put aside.
 *
 * Returns: %FALSE with @error set where it is not kept; %TRUE where it is, and for a serial number that
 *   is not the board's own, of which nothing is kept
 */
gboolean
jmp_known_boards_set (JmpKnownBoards *self, const JmpKnownBoard *board, GError **error)
{
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JmpKnownBoard) before = NULL;
  g_autoptr (JmpKnownBoard) again = NULL;
  g_autoptr (GError) problem = NULL;

  if (!jmp_serial_is_unique (board->serial))
    return TRUE;
  bytes = to_bytes (board);
  again = jmp_known_board_parse (bytes, &problem);
  if (again == NULL) {
    g_set_error (error, JMP_ERROR, JMP_ERROR_USAGE, "cannot be kept: %s", problem->message);
    return FALSE;
  }
  path = make_path (self, board->serial);
  before = load (self, path, &problem);
  if (problem != NULL) {
    g_propagate_error (error, g_steal_pointer (&problem));
    return FALSE;
  }
  return jmp_keep_bytes (path, bytes, error);
}
