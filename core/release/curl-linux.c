/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/curl-private.h"

#include "base/error.h"

#include <dlfcn.h>
#include <string.h>

/* The name has been the same since 2006; the second one is Debian's, of the build with GnuTLS. */
static const char *const LIBRARIES[] = { "libcurl.so.4", "libcurl-gnutls.so.4" };

#define FUNCTION(function) { "curl_" #function, G_STRUCT_OFFSET (JmpCurl, function) },

static const struct {
  const char *name;
  gsize offset;
} FUNCTIONS[] = { JMP_CURL_FUNCTIONS (FUNCTION) };

/* It stays loaded until the program ends. */
gboolean
jmp_curl_find (JmpCurl *curl, GError **error)
{
  gpointer library = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (LIBRARIES) && library == NULL; i++)
    library = dlopen (LIBRARIES[i], RTLD_LAZY | RTLD_LOCAL);
  for (guint i = 0; i < G_N_ELEMENTS (FUNCTIONS); i++) {
    gpointer function = library != NULL ? dlsym (library, FUNCTIONS[i].name) : NULL;

    if (function == NULL) {
      g_set_error (error, JMP_ERROR, JMP_ERROR_NETWORK, "libcurl cannot be loaded: %s", dlerror ());
      return FALSE;
    }
    memcpy ((guint8 *)curl + FUNCTIONS[i].offset, &function, sizeof function);
  }
  return TRUE;
}
