/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

#include "release/curl-private.h"

#define ADDRESS(function) .function = curl_##function,

gboolean
jmp_curl_find (JmpCurl *curl, GError **error)
{
  *curl = (JmpCurl){ JMP_CURL_FUNCTIONS (ADDRESS) };
  return TRUE;
}
