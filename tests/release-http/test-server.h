/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A web server on the loopback interface, on a thread of its own, that answers as it is told: right,
 * or wrong in one of the ways in which networks go wrong.
 *
 * Set up the answers before the first request. What it was asked can be looked at any time. */

#pragma once

#include <gio/gio.h>

/**
 * TestAnswer:
 * @status: HTTP status; 0 for 200
 * @type: (nullable): Content-Type
 * @headers: (nullable): further headers, "Name: value" by line
 * @body: (nullable): what to send
 * @etag: (nullable): ETag; a request that knows it gets 304, a Range with it gets 206
 * @ignores_version: send the part that is asked for, though it was only wanted of another version
 * @shift: begin a 206 so many bytes too late
 * @cut: stop after so many bytes of what is to be sent; 0: send all
 * @then: what to do then
 * @chunked: send without a length in front
 */
typedef enum {
  TEST_CLOSE, /* close the connection */
  TEST_HANG,  /* keep it open and send nothing more */
  TEST_DRIP,  /* send one byte at a time, 20 a second */
  TEST_HOLD,  /* send the rest when test_server_release() says so */
} TestThen;

typedef struct {
  guint status;
  const char *type;
  const char *headers;
  GBytes *body;
  const char *etag;
  gboolean ignores_version;
  guint shift;
  gsize cut;
  TestThen then;
  gboolean chunked;
} TestAnswer;

typedef struct _TestServer TestServer;

/* @certificate: (nullable): makes it an https server. Both are PEM files. */
TestServer *test_server_new (const char *certificate, const char *key);
void test_server_free (TestServer *self);
/* The address of a path, such as "/a.dfu". */
char *test_server_url (TestServer *self, const char *path);
/* The n-th request for @path gets the n-th answer, further ones the last again. @answers stays the
 * caller's, and must stay as it is. */
void test_server_answer (TestServer *self, const char *path, const TestAnswer *answers, guint n);
guint test_server_count (TestServer *self, const char *path);
/* The last request for @path: its method and the headers that matter, one a line. */
char *test_server_last (TestServer *self, const char *path);
void test_server_release (TestServer *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (TestServer, test_server_free)
