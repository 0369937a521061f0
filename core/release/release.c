/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/release.h"

#include <string.h>

#include "base/error.h"
#include "board/fields.h"
#include "board/json.h"
#include "release/record-private.h"
#include "release/release-private.h"
#include "release/version.h"

/**
 * jmp_channel_to_string:
 * @channel: a channel
 *
 * Returns: (transfer none): "stable" or "preview"
 */
const char *
jmp_channel_to_string (JmpChannel channel)
{
  return channel == JMP_CHANNEL_STABLE ? "stable" : "preview";
}

/**
 * jmp_hash_source_to_string:
 * @source: who says what the hash is
 *
 * Returns: (transfer none): "none", "feed" or "pinned"
 */
const char *
jmp_hash_source_to_string (JmpHashSource source)
{
  static const char *const names[] = { "none", "feed", "pinned" };

  return names[source];
}

/* Names that Windows keeps for devices, with any ending. */
static gboolean
is_device_name (const char *name)
{
  static const char *const names[] = { "con", "prn", "aux", "nul", "com", "lpt", NULL };
  g_autofree char *stem = g_ascii_strdown (name, (gssize)strcspn (name, "."));
  gsize length = strlen (stem);

  if (length == 4 && g_ascii_isdigit (stem[3]))
    stem[3] = '\0';
  else if (length != 3)
    return FALSE;
  return g_strv_contains (names, stem);
}

/**
 * jmp_release_name_is_safe:
 * @name: a file name out of a list
 *
 * Whether a file may be called that on every system: letters and digits of ASCII, "_", "-", "+", ".",
 * and "@"; at most %JMP_SOURCE_MAX_NAME bytes; neither hidden nor the name of a device.
 *
 * Returns: %FALSE when it may not
 */
gboolean
jmp_release_name_is_safe (const char *name)
{
  gsize length = strlen (name);

  if (length == 0 || length > JMP_SOURCE_MAX_NAME || !g_ascii_isalnum (name[0])
      || name[length - 1] == '.')
    return FALSE;
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (name[i]) && strchr ("_-+.@", name[i]) == NULL)
      return FALSE;
  return !is_device_name (name);
}

/**
 * jmp_release_format_from_name:
 * @name: a file name
 * @out: (out): the format that its ending promises
 *
 * Returns: %FALSE when a board cannot be updated with such a file
 */
gboolean
jmp_release_format_from_name (const char *name, JmpReleaseFormat *out)
{
  static const char *const endings[] = {
    [JMP_RELEASE_DFU] = ".dfu",
    [JMP_RELEASE_HEX] = ".hex",
    [JMP_RELEASE_BIN] = ".bin",
  };
  const char *dot = strrchr (name, '.');

  for (guint i = 0; dot != NULL && i < G_N_ELEMENTS (endings); i++) {
    if (g_ascii_strcasecmp (dot, endings[i]) == 0) {
      *out = i;
      return TRUE;
    }
  }
  return FALSE;
}

static gboolean
is_word (const char *text)
{
  return text == NULL || jmp_word_is_plain (text, JMP_RELEASE_MAX_WORD);
}

static gboolean
is_date (const char *text)
{
  return text == NULL || (strlen (text) == 8 && strspn (text, "0123456789") == 8);
}

/* What is wrong with a release, or %NULL. */
static const char *
find_fault (const JmpSource *source, const JmpRelease *values)
{
  JmpReleaseFormat format;

  if (values->file_name == NULL || !jmp_release_name_is_safe (values->file_name))
    return "a file name that no file may have";
  if (!jmp_release_format_from_name (values->file_name, &format))
    return "a file that no board can be updated with";
  if (values->url == NULL || !jmp_source_allows_url (source, values->url))
    return "an address that may not be used";
  if (values->version == NULL || !is_word (values->version))
    return "no version, or none that can be shown";
  if (!is_word (values->board_id) || !is_word (values->variant))
    return "a board or variant with a name that is not plain";
  if (!is_date (values->date))
    return "a date that is none";
  if ((values->sha256 != NULL) != (values->hash_source != JMP_HASH_NONE)
      || (values->sha256 != NULL && !jmp_is_sha256 (values->sha256)))
    return "a SHA-256 that is none";
  return NULL;
}

/* The web page with the notes, where the source has a rule for it. */
static char *
make_notes_url (const JmpSource *source, const JmpRelease *values)
{
  GString *url;

  if (values->notes_url != NULL)
    return g_str_has_prefix (values->notes_url, "https://")
                   && jmp_json_text_is_plain (values->notes_url, JMP_SOURCE_MAX_URL)
               ? g_strdup (values->notes_url)
               : NULL;
  if (source->notes == NULL || values->channel != JMP_CHANNEL_STABLE)
    return NULL;
  url = g_string_new (source->notes);
  g_string_replace (url, "{version}", values->version, 0);
  return g_string_free (url, FALSE);
}

/**
 * jmp_release_new:
 * @source: where it is listed
 * @values: what it shall be; copied. The feed and the format are set from @source and the file name
 * @error: return location for an error
 *
 * Makes a release after a look at every member.
 *
 * Errors: %JMP_ERROR_INVALID_FILE.
 *
 * Returns: (transfer full): the release, or %NULL
 */
JmpRelease *
jmp_release_new (const JmpSource *source, const JmpRelease *values, GError **error)
{
  const char *fault = find_fault (source, values);

  if (fault == NULL)
    return jmp_release_make (source, values);
  g_set_error (error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "source %s: %s", source->id, fault);
  return NULL;
}

/* See release-private.h. */
JmpRelease *
jmp_release_make (const JmpSource *source, const JmpRelease *values)
{
  JmpRelease *self = g_atomic_rc_box_new0 (JmpRelease);

  self->feed = g_strdup (source->id);
  self->board_id = g_strdup (values->board_id);
  self->variant = g_strdup (values->variant);
  self->version = g_strdup (values->version);
  self->channel = values->channel;
  self->date = g_strdup (values->date);
  self->url = g_strdup (values->url);
  self->file_name = g_strdup (values->file_name);
  jmp_release_format_from_name (values->file_name, &self->format);
  self->listed = values->listed;
  self->size = values->size;
  self->sha256 = g_strdup (values->sha256);
  self->hash_source = values->hash_source;
  self->notes = g_strdup (values->notes);
  self->notes_url = make_notes_url (source, values);
  return self;
}

static void
release_clear (gpointer data)
{
  JmpRelease *self = data;

  g_free (self->feed);
  g_free (self->board_id);
  g_free (self->variant);
  g_free (self->version);
  g_free (self->date);
  g_free (self->url);
  g_free (self->file_name);
  g_free (self->sha256);
  g_free (self->notes);
  g_free (self->notes_url);
}

/**
 * jmp_release_ref:
 * @self: a release
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
JmpRelease *
jmp_release_ref (JmpRelease *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_release_unref:
 * @self: (transfer full): a release
 *
 * Gives a reference back.
 */
void
jmp_release_unref (JmpRelease *self)
{
  g_atomic_rc_box_release_full (self, release_clear);
}

/* The standard build, which has no name, before the others. */
static int
compare_variants (const char *a, const char *b)
{
  if (a == NULL || b == NULL)
    return (a != NULL) - (b != NULL);
  return strcmp (a, b);
}

/**
 * jmp_release_compare:
 * @a: a release
 * @b: another
 *
 * The order in which releases are shown: newest first, the standard build before its variants, .dfu
 * before other formats. Between previews with the same count the later day counts.
 *
 * Returns: negative when @a comes first
 */
int
jmp_release_compare (const JmpRelease *a, const JmpRelease *b)
{
  int order = jmp_version_compare (b->version, a->version);

  if (order == 0)
    order = g_strcmp0 (b->date, a->date);
  if (order == 0)
    order = g_strcmp0 (a->board_id, b->board_id);
  if (order == 0)
    order = compare_variants (a->variant, b->variant);
  if (order == 0)
    order = (int)a->format - (int)b->format;
  return order != 0 ? order : strcmp (a->url, b->url);
}

static int
compare_cb (gconstpointer a, gconstpointer b)
{
  return jmp_release_compare (*(const JmpRelease *const *)a, *(const JmpRelease *const *)b);
}

/**
 * jmp_releases_sort:
 * @releases: (element-type JmpRelease): releases
 *
 * Puts them in the order of jmp_release_compare().
 */
void
jmp_releases_sort (GPtrArray *releases)
{
  g_ptr_array_sort (releases, compare_cb);
}

/* Of two entries for one address, the one that says more: listed by its source, with a hash. */
static gboolean
says_more (const JmpRelease *one, const JmpRelease *other)
{
  if (one->hash_source != other->hash_source)
    return one->hash_source > other->hash_source;
  return one->listed && !other->listed;
}

/**
 * jmp_releases_merge:
 * @releases: (element-type JmpRelease): releases
 * @more: (element-type JmpRelease): more of them, perhaps the same
 *
 * Adds what is not there yet, each address once, and sorts. Of two entries for one address the one
 * with the better hash stays, or the one that its source really lists.
 */
void
jmp_releases_merge (GPtrArray *releases, GPtrArray *more)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < releases->len; i++)
    g_hash_table_insert (places, ((JmpRelease *)releases->pdata[i])->url, GUINT_TO_POINTER (i));
  for (guint i = 0; i < more->len; i++) {
    JmpRelease *release = more->pdata[i];
    gpointer place;

    if (!g_hash_table_lookup_extended (places, release->url, NULL, &place)) {
      g_hash_table_insert (places, release->url, GUINT_TO_POINTER (releases->len));
      g_ptr_array_add (releases, jmp_release_ref (release));
    } else if (says_more (release, releases->pdata[GPOINTER_TO_UINT (place)])) {
      JmpRelease *old = releases->pdata[GPOINTER_TO_UINT (place)];

      g_hash_table_replace (places, release->url, place);
      releases->pdata[GPOINTER_TO_UINT (place)] = jmp_release_ref (release);
      jmp_release_unref (old);
    }
  }
  jmp_releases_sort (releases);
}
