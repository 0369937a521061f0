/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "board/source.h"

#include <string.h>

#include "base/error.h"
#include "board/fields.h"
#include "board/json.h"

static const char *const kind_names[] = {
  [JMP_SOURCE_TEMPLATE] = "template", [JMP_SOURCE_LINKS] = "links",
  [JMP_SOURCE_GITHUB] = "github",     [JMP_SOURCE_FLIPPER] = "flipper",
  [JMP_SOURCE_ARDUINO] = "arduino",   [JMP_SOURCE_FOLDER] = "folder",
};

/**
 * jmp_source_kind_to_string:
 * @kind: a kind
 *
 * Returns: (transfer none): what files call it
 */
const char *
jmp_source_kind_to_string (JmpSourceKind kind)
{
  return kind_names[kind];
}

/**
 * jmp_source_kind_from_string:
 * @text: what a file calls it
 * @out: (out): the kind
 *
 * Returns: %FALSE when there is no such kind
 */
gboolean
jmp_source_kind_from_string (const char *text, JmpSourceKind *out)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++) {
    if (g_str_equal (kind_names[i], text)) {
      *out = i;
      return TRUE;
    }
  }
  return FALSE;
}

/* With "{board}" and the like filled in, as an address that can be looked at. */
static char *
fill_in (const char *url)
{
  GString *text = g_string_new (url);

  for (guint i = 0; i < 2; i++)
    g_string_replace (text, i == 0 ? "{" : "}", "", 0);
  return g_string_free (text, FALSE);
}

/**
 * jmp_source_allows_url:
 * @self: a source
 * @url: an address
 *
 * Whether a download from the address is allowed: https with a host and without a password in it; http
 * where the person's own source says so; a file: URI for a folder.
 *
 * Returns: %FALSE when it is not, or not an address
 */
gboolean
jmp_source_allows_url (const JmpSource *self, const char *url)
{
  g_autoptr (GUri) uri = NULL;
  const char *scheme;
  const char *host;

  if (strlen (url) > JMP_SOURCE_MAX_URL || !jmp_json_text_is_plain (url, JMP_SOURCE_MAX_URL)
      || strpbrk (url, " \\\"<>`") != NULL)
    return FALSE;
  uri = g_uri_parse (url, G_URI_FLAGS_HAS_PASSWORD, NULL);
  if (uri == NULL || g_uri_get_userinfo (uri) != NULL)
    return FALSE;
  scheme = g_uri_get_scheme (uri);
  host = g_uri_get_host (uri);
  if (self->kind == JMP_SOURCE_FOLDER)
    return g_str_equal (scheme, "file") && (host == NULL || *host == '\0');
  if (host == NULL || *host == '\0')
    return FALSE;
  return g_str_equal (scheme, "https")
         || (g_str_equal (scheme, "http") && self->personal && self->allow_http);
}

static gboolean
is_short (const char *text)
{
  return text == NULL || jmp_json_text_is_plain (text, JMP_SOURCE_MAX_NAME);
}

static gboolean
is_word (const char *text)
{
  return text == NULL || jmp_word_is_plain (text, 64);
}

/* What is wrong with a source, or %NULL. */
static const char *
find_fault (const JmpSource *values)
{
  g_autofree char *url = values->url != NULL ? fill_in (values->url) : NULL;

  if (values->id == NULL || !is_word (values->id))
    return "its id is not a plain name";
  if (url == NULL || !jmp_source_allows_url (values, url))
    return "its address is not one that may be used";
  if ((values->kind == JMP_SOURCE_TEMPLATE) != (values->file != NULL)
      || (values->kind == JMP_SOURCE_TEMPLATE) != (strstr (values->url, "{file}") != NULL))
    return "\"file\" and \"{file}\" belong to a template, and to nothing else";
  if (values->allow_http && !values->personal)
    return "only a person's own source may do without TLS";
  if (values->path != NULL
      && (values->path[0] != '/' || !g_str_has_suffix (values->path, "/")
          || strstr (values->path, "..") != NULL))
    return "its path is not a folder";
  if (!is_short (values->file) || !is_short (values->pattern) || !is_short (values->path)
      || !is_word (values->board) || !is_word (values->target)
      || (values->notes != NULL && !jmp_json_text_is_plain (values->notes, JMP_SOURCE_MAX_URL)))
    return "a member is too long or has characters that do not belong there";
  return NULL;
}

/**
 * jmp_source_new:
 * @values: what it shall be; copied
 * @error: return location for an error
 *
 * Makes a source after a look at every member.
 *
 * Errors: %JMP_ERROR_INVALID_FILE.
 *
 * Returns: (transfer full): the source, or %NULL
 */
JmpSource *
jmp_source_new (const JmpSource *values, GError **error)
{
  const char *fault = find_fault (values);
  JmpSource *self;

  if (fault != NULL) {
    g_autofree char *id = values->id != NULL && is_word (values->id)
                              ? g_strdup_printf (" %s", values->id)
                              : NULL;

    g_set_error (
        error, JMP_ERROR, JMP_ERROR_INVALID_FILE, "source%s: %s", id != NULL ? id : "", fault);
    return NULL;
  }
  self = g_atomic_rc_box_new0 (JmpSource);
  self->id = g_strdup (values->id);
  self->kind = values->kind;
  self->url = g_strdup (values->url);
  self->file = g_strdup (values->file);
  self->pattern = g_strdup (values->pattern);
  self->path = g_strdup (values->path);
  self->board = g_strdup (values->board);
  self->target = g_strdup (values->target);
  self->notes = g_strdup (values->notes);
  self->personal = values->personal;
  self->allow_http = values->allow_http;
  return self;
}

static void
source_clear (gpointer data)
{
  JmpSource *self = data;

  g_free (self->id);
  g_free (self->url);
  g_free (self->file);
  g_free (self->pattern);
  g_free (self->path);
  g_free (self->board);
  g_free (self->target);
  g_free (self->notes);
}

/**
 * jmp_source_ref:
 * @self: a source
 *
 * Takes a reference.
 *
 * Returns: (transfer full): @self
 */
JmpSource *
jmp_source_ref (JmpSource *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * jmp_source_unref:
 * @self: (transfer full): a source
 *
 * Gives a reference back.
 */
void
jmp_source_unref (JmpSource *self)
{
  g_atomic_rc_box_release_full (self, source_clear);
}
