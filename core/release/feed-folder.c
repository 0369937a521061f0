/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Firmware in a folder of this computer. The folder is turned into a list of lines "SIZE DAY NAME",
 * which is read like any other list. */

#include <string.h>

#include "base/error.h"
#include "release/feed-private.h"
#include "release/file-name.h"

/* A line of a folder's list; %FALSE for one that the list should not have. */
static gboolean
add_line (JmpFeedList *list, const char *line)
{
  const JmpSource *source = list->query->source;
  g_auto (GStrv) words = g_strsplit (line, " ", 4);
  g_autofree char *date = NULL;
  g_autofree char *url = NULL;
  guint64 size;
  JmpRelease draft = { .listed = TRUE };

  if (g_strv_length (words) != 3 || !jmp_release_name_is_safe (words[2])
      || !g_ascii_string_to_unsigned (words[0], 10, 1, G_MAXUINT32, &size, NULL))
    return FALSE;
  date = jmp_date_from_text (words[1]);
  url = g_strconcat (source->url, g_str_has_suffix (source->url, "/") ? "" : "/", words[2], NULL);
  draft.size = size;
  draft.date = date;
  draft.file_name = words[2];
  draft.url = url;
  jmp_feed_list_add (list, &draft);
  return TRUE;
}

/* Adds the files of a list that jmp_feed_list_folder() made. */
void
jmp_feed_parse_folder (JmpFeedList *list, GBytes *bytes)
{
  gsize size;
  const char *text = g_bytes_get_data (bytes, &size);
  gsize at = 0;

  while (at < size && jmp_feed_list_count (list)) {
    const char *newline = memchr (text + at, '\n', size - at);
    gsize length = newline != NULL ? (gsize)(newline - text) - at : size - at;
    g_autofree char *line = g_strndup (text + at, length);

    add_line (list, line);
    at += length + 1;
  }
}

static void
append_file (GString *text, GFileInfo *info)
{
  const char *name = g_file_info_get_name (info);
  g_autoptr (GDateTime) time = g_file_info_get_modification_date_time (info);
  g_autofree char *date = time != NULL ? g_date_time_format (time, "%Y%m%d") : g_strdup ("-");
  JmpReleaseFormat format;

  if (g_file_info_get_file_type (info) != G_FILE_TYPE_REGULAR || !jmp_release_name_is_safe (name)
      || !jmp_release_format_from_name (name, &format))
    return;
  g_string_append_printf (
      text, "%" G_GOFFSET_FORMAT " %s %s\n", g_file_info_get_size (info), date, name);
}

/**
 * jmp_feed_list_folder:
 * @source: a source of the kind %JMP_SOURCE_FOLDER
 * @cancellable: (nullable): to stop it
 * @error: return location for an error
 *
 * Looks into a folder: the plain files that a board could be updated with, at most
 * %JMP_FEED_MAX_ENTRIES files.
 *
 * Errors: %JMP_ERROR_FILE, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the list for jmp_feed_parse(), or %NULL
 */
GBytes *
jmp_feed_list_folder (const JmpSource *source, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFile) folder = g_file_new_for_uri (source->url);
  g_autoptr (GError) why = NULL;
  g_autoptr (GFileEnumerator) files = g_file_enumerate_children (folder,
                                                                 G_FILE_ATTRIBUTE_STANDARD_NAME
                                                                 "," G_FILE_ATTRIBUTE_STANDARD_TYPE
                                                                 "," G_FILE_ATTRIBUTE_STANDARD_SIZE
                                                                 "," G_FILE_ATTRIBUTE_TIME_MODIFIED,
                                                                 G_FILE_QUERY_INFO_NONE,
                                                                 cancellable,
                                                                 &why);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; files != NULL && i < JMP_FEED_MAX_ENTRIES; i++) {
    GFileInfo *info;

    if (!g_file_enumerator_iterate (files, &info, NULL, cancellable, &why) || info == NULL)
      break;
    append_file (text, info);
  }
  if (why == NULL)
    return g_string_free_to_bytes (g_steal_pointer (&text));
  if (jmp_error_is_cancelled (why))
    g_propagate_error (error, g_steal_pointer (&why));
  else
    g_set_error (error, JMP_ERROR, JMP_ERROR_FILE, "%s: %s", source->url, why->message);
  return NULL;
}
