/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/curl-private.h"

#include "base/error.h"

/* Filled by jmp_curl_ensure(). */
JmpCurl jmp_curl;

/* Returns: %NULL, or why there is none; kept for good */
static gpointer
start_once (gpointer data)
{
  GError *error = NULL;

  if (jmp_curl_find (&jmp_curl, &error) && jmp_curl.global_init (CURL_GLOBAL_DEFAULT) != CURLE_OK)
    g_set_error_literal (&error, JMP_ERROR, JMP_ERROR_NETWORK, "libcurl does not start");
  return error;
}

/*
 * jmp_curl_ensure:
 * @error: return location for a #GError
 *
 * Loads libcurl, the first time; nothing of #jmp_curl may be called before.
 *
 * Errors: %JMP_ERROR_NETWORK where it is not installed.
 *
 * Returns: %TRUE when it is there
 */
gboolean
jmp_curl_ensure (GError **error)
{
  static GOnce once = G_ONCE_INIT;
  const GError *failure = g_once (&once, start_once, NULL);

  if (failure == NULL)
    return TRUE;
  g_propagate_error (error, g_error_copy (failure));
  return FALSE;
}
