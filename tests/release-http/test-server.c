/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "test-server.h"

#include <libsoup/soup.h>
#include <string.h>

#define DRIP_MS 50

typedef struct {
  const TestAnswer *answers;
  guint n;
  guint count;
  char *last;
} Path;

/* A connection that is kept open, and what is left to send on it. */
typedef struct {
  TestServer *server;
  GIOStream *stream;
  GBytes *rest;
  gsize sent;
  TestThen then;
} Open;

struct _TestServer {
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  SoupServer *soup;
  guint port;
  gboolean tls;
  GPtrArray *open; /* the server's thread alone */

  GMutex lock;
  GCond ready;
  GHashTable *paths;
};

static void
open_free (Open *open)
{
  g_io_stream_close (open->stream, NULL, NULL);
  g_object_unref (open->stream);
  g_clear_pointer (&open->rest, g_bytes_unref);
  g_free (open);
}

static void
path_free (Path *path)
{
  g_free (path->last);
  g_free (path);
}

static void
describe_field (GString *text, SoupMessageHeaders *headers, const char *name)
{
  const char *value = soup_message_headers_get_one (headers, name);

  if (value != NULL)
    g_string_append_printf (text, "%s: %s\n", name, value);
}

static char *
describe (SoupServerMessage *message)
{
  static const char *const fields[] = { "User-Agent", "Accept",        "Range",
                                        "If-Range",   "If-None-Match", "If-Modified-Since" };
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GString *text = g_string_new (soup_server_message_get_method (message));
  gsize i;

  g_string_append_c (text, '\n');
  for (i = 0; i < G_N_ELEMENTS (fields); i++)
    describe_field (text, headers, fields[i]);
  return g_string_free (text, FALSE);
}

static const TestAnswer *
find_answer (TestServer *self, SoupServerMessage *message, const char *path)
{
  const TestAnswer *answer = NULL;
  Path *there;

  g_mutex_lock (&self->lock);
  there = g_hash_table_lookup (self->paths, path);
  if (there != NULL) {
    answer = &there->answers[MIN (there->count, there->n - 1)];
    there->count++;
    g_free (there->last);
    there->last = describe (message);
    g_cond_broadcast (&self->ready);
  }
  g_mutex_unlock (&self->lock);
  return answer;
}

static gboolean
asks_for_part (SoupServerMessage *message)
{
  return soup_message_headers_get_one (soup_server_message_get_request_headers (message), "Range")
         != NULL;
}

/* Bytes of @answer from where the client wants them; sets the status. */
static GBytes *
choose_bytes (const TestAnswer *answer, SoupServerMessage *message, guint *status, GString *headers)
{
  SoupMessageHeaders *asked = soup_server_message_get_request_headers (message);
  const char *known = soup_message_headers_get_one (asked, "If-None-Match");
  const char *range = soup_message_headers_get_one (asked, "Range");
  const char *if_range = soup_message_headers_get_one (asked, "If-Range");
  gsize size = answer->body != NULL ? g_bytes_get_size (answer->body) : 0;
  gsize from;

  *status = answer->status != 0 ? answer->status : 200;
  if (answer->etag != NULL && g_strcmp0 (known, answer->etag) == 0) {
    *status = 304;
    return NULL;
  }
  if (answer->body == NULL)
    return NULL;
  if (*status != 200 || range == NULL || answer->etag == NULL
      || g_strcmp0 (if_range, answer->etag) != 0 || !g_str_has_prefix (range, "bytes="))
    return g_bytes_ref (answer->body);
  from = (gsize)g_ascii_strtoull (range + strlen ("bytes="), NULL, 10) + answer->shift;
  *status = 206;
  g_string_append_printf (headers,
                          "Content-Range: bytes %" G_GSIZE_FORMAT "-%" G_GSIZE_FORMAT
                          "/%" G_GSIZE_FORMAT "\r\n",
                          from,
                          size - 1,
                          size);
  return g_bytes_new_from_bytes (answer->body, from, size - from);
}

static void
append_headers (GString *headers, const TestAnswer *answer)
{
  g_auto (GStrv) lines = g_strsplit (answer->headers != NULL ? answer->headers : "", "\n", -1);
  gsize i;

  for (i = 0; lines[i] != NULL; i++) {
    if (*lines[i] != '\0')
      g_string_append_printf (headers, "%s\r\n", lines[i]);
  }
  if (answer->type != NULL)
    g_string_append_printf (headers, "Content-Type: %s\r\n", answer->type);
  if (answer->etag != NULL)
    g_string_append_printf (headers, "ETag: %s\r\n", answer->etag);
}

/* The usual way: the server library sends it. */
static void
answer_well (SoupServerMessage *message, guint status, const char *headers, GBytes *body)
{
  SoupMessageHeaders *out = soup_server_message_get_response_headers (message);
  g_auto (GStrv) lines = g_strsplit (headers, "\r\n", -1);
  gsize i;

  soup_server_message_set_status (message, status, NULL);
  for (i = 0; lines[i] != NULL; i++) {
    char *colon = strstr (lines[i], ": ");

    if (colon == NULL)
      continue;
    *colon = '\0';
    soup_message_headers_append (out, lines[i], colon + 2);
  }
  if (body != NULL)
    soup_message_body_append_bytes (soup_server_message_get_response_body (message), body);
}

static gboolean
send (Open *open, gsize count)
{
  gsize size;
  const guint8 *data = g_bytes_get_data (open->rest, &size);
  gboolean ok;

  count = MIN (count, size - open->sent);
  ok = g_output_stream_write_all (
      g_io_stream_get_output_stream (open->stream), data + open->sent, count, NULL, NULL, NULL);
  open->sent += count;
  return ok && open->sent < size;
}

static gboolean
drip_cb (gpointer user_data)
{
  return send (user_data, 1) ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
start_drip (TestServer *self, Open *open)
{
  g_autoptr (GSource) source = g_timeout_source_new (DRIP_MS);

  g_source_set_callback (source, drip_cb, open, NULL);
  g_source_attach (source, self->context);
}

/* The unusual way: by hand, so that it can end anywhere. */
static void
answer_badly (TestServer *self,
              SoupServerMessage *message,
              const TestAnswer *answer,
              const char *headers,
              guint status,
              GBytes *body)
{
  g_autoptr (GString) head = g_string_new (NULL);
  GIOStream *stream = soup_server_message_steal_connection (message);
  Open *open = g_new0 (Open, 1);

  g_string_append_printf (head, "HTTP/1.1 %u Answer\r\n%sConnection: close\r\n", status, headers);
  if (!answer->chunked)
    g_string_append_printf (head,
                            "Content-Length: %" G_GSIZE_FORMAT "\r\n",
                            body != NULL ? g_bytes_get_size (body) : 0);
  g_string_append (head, "\r\n");
  g_output_stream_write_all (
      g_io_stream_get_output_stream (stream), head->str, head->len, NULL, NULL, NULL);
  open->server = self;
  open->stream = stream;
  open->rest = body != NULL ? g_bytes_ref (body) : g_bytes_new (NULL, 0);
  open->then = answer->then;
  send (open, answer->cut > 0 ? answer->cut : G_MAXSIZE / 2);
  g_output_stream_flush (g_io_stream_get_output_stream (stream), NULL, NULL);
  if (answer->then == TEST_CLOSE) {
    open_free (open);
    return;
  }
  g_ptr_array_add (self->open, open);
  if (answer->then == TEST_DRIP)
    start_drip (self, open);
}

static void
handle_cb (SoupServer *soup,
           SoupServerMessage *message,
           const char *path,
           GHashTable *query,
           gpointer user_data)
{
  TestServer *self = user_data;
  const TestAnswer *answer = find_answer (self, message, path);
  g_autoptr (GString) headers = g_string_new (NULL);
  g_autoptr (GBytes) body = NULL;
  guint status;

  if (answer == NULL) {
    soup_server_message_set_status (message, 404, NULL);
    return;
  }
  append_headers (headers, answer);
  body = choose_bytes (answer, message, &status, headers);
  if (answer->cut == 0 && answer->then == TEST_CLOSE && !answer->chunked
      && (!asks_for_part (message) || status != 200 || answer->ignores_version))
    answer_well (message, status, headers->str, body);
  else
    answer_badly (self, message, answer, headers->str, status, body);
}

static gpointer
server_thread_func (gpointer data)
{
  TestServer *self = data;
  GSList *uris;

  g_main_context_push_thread_default (self->context);
  soup_server_add_handler (self->soup, NULL, handle_cb, self, NULL);
  soup_server_listen_local (
      self->soup,
      0,
      SOUP_SERVER_LISTEN_IPV4_ONLY
          | (self->tls ? SOUP_SERVER_LISTEN_HTTPS : (SoupServerListenOptions)0),
      NULL);
  uris = soup_server_get_uris (self->soup);
  g_mutex_lock (&self->lock);
  self->port = uris != NULL ? (guint)g_uri_get_port (uris->data) : 1;
  g_cond_broadcast (&self->ready);
  g_mutex_unlock (&self->lock);
  g_slist_free_full (uris, (GDestroyNotify)g_uri_unref);
  g_main_loop_run (self->loop);
  g_ptr_array_set_size (self->open, 0);
  soup_server_disconnect (self->soup);
  g_main_context_pop_thread_default (self->context);
  return NULL;
}

TestServer *
test_server_new (const char *certificate, const char *key)
{
  TestServer *self = g_new0 (TestServer, 1);
  g_autoptr (GTlsCertificate) tls = NULL;

  g_mutex_init (&self->lock);
  g_cond_init (&self->ready);
  self->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)path_free);
  self->open = g_ptr_array_new_with_free_func ((GDestroyNotify)open_free);
  self->context = g_main_context_new ();
  self->loop = g_main_loop_new (self->context, FALSE);
  self->soup = soup_server_new ("server-header", "test", NULL);
  self->tls = certificate != NULL;
  if (self->tls) {
    tls = g_tls_certificate_new_from_files (certificate, key, NULL);
    soup_server_set_tls_certificate (self->soup, tls);
  }
  self->thread = g_thread_new ("test-server", server_thread_func, self);
  g_mutex_lock (&self->lock);
  while (self->port == 0)
    g_cond_wait (&self->ready, &self->lock);
  g_mutex_unlock (&self->lock);
  return self;
}

/* In any case on the server's thread, even when it does not run yet. */
static void
invoke (TestServer *self, GSourceFunc function, gpointer data)
{
  g_autoptr (GSource) source = g_idle_source_new ();

  g_source_set_callback (source, function, data, NULL);
  g_source_attach (source, self->context);
}

static gboolean
quit_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_REMOVE;
}

void
test_server_free (TestServer *self)
{
  invoke (self, quit_cb, self->loop);
  g_thread_join (self->thread);
  g_object_unref (self->soup);
  g_main_loop_unref (self->loop);
  g_main_context_unref (self->context);
  g_ptr_array_unref (self->open);
  g_hash_table_unref (self->paths);
  g_mutex_clear (&self->lock);
  g_cond_clear (&self->ready);
  g_free (self);
}

char *
test_server_url (TestServer *self, const char *path)
{
  return g_strdup_printf ("%s://127.0.0.1:%u%s", self->tls ? "https" : "http", self->port, path);
}

void
test_server_answer (TestServer *self, const char *path, const TestAnswer *answers, guint n)
{
  Path *there = g_new0 (Path, 1);

  there->answers = answers;
  there->n = n;
  g_mutex_lock (&self->lock);
  g_hash_table_replace (self->paths, g_strdup (path), there);
  g_mutex_unlock (&self->lock);
}

guint
test_server_count (TestServer *self, const char *path)
{
  const Path *there;
  guint count;

  g_mutex_lock (&self->lock);
  there = g_hash_table_lookup (self->paths, path);
  count = there != NULL ? there->count : 0;
  g_mutex_unlock (&self->lock);
  return count;
}

char *
test_server_last (TestServer *self, const char *path)
{
  const Path *there;
  char *last;

  g_mutex_lock (&self->lock);
  there = g_hash_table_lookup (self->paths, path);
  last = g_strdup (there != NULL && there->last != NULL ? there->last : "");
  g_mutex_unlock (&self->lock);
  return last;
}

static gboolean
release_cb (gpointer user_data)
{
  TestServer *self = user_data;
  guint i;

  for (i = self->open->len; i > 0; i--) {
    Open *open = g_ptr_array_index (self->open, i - 1);

    if (open->then != TEST_HOLD)
      continue;
    send (open, G_MAXSIZE / 2);
    g_ptr_array_remove_index_fast (self->open, i - 1);
  }
  return G_SOURCE_REMOVE;
}

void
test_server_release (TestServer *self)
{
  invoke (self, release_cb, self);
}
