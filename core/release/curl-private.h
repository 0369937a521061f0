/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* libcurl, there from the first request on.
 *
 * It brings some thirty other libraries (TLS, Kerberos, LDAP, …). On Linux, to load them takes as long as all
 * else that stands between the start of the window and its first frame, and most of what is done here needs no
 * network. So they are loaded when something is downloaded; where libcurl belongs to the system or has few
 * companions, it is linked as usual. Any thread. */

#pragma once

#include <curl/curl.h>
#include <glib.h>

G_BEGIN_DECLS

#define JMP_CURL_FUNCTIONS(F) \
  F (easy_cleanup)            \
  F (easy_getinfo)            \
  F (easy_header)             \
  F (easy_init)               \
  F (easy_setopt)             \
  F (easy_strerror)           \
  F (global_init)             \
  F (multi_add_handle)        \
  F (multi_cleanup)           \
  F (multi_info_read)         \
  F (multi_init)              \
  F (multi_perform)           \
  F (multi_poll)              \
  F (multi_remove_handle)     \
  F (multi_wakeup)            \
  F (slist_append)            \
  F (slist_free_all)

#define JMP_CURL_MEMBER(name) __typeof__ (curl_##name) *name;

/**
 * JmpCurl:
 *
 * Its functions, as libcurl documents them.
 */
typedef struct {
  JMP_CURL_FUNCTIONS (JMP_CURL_MEMBER)
} JmpCurl;

extern JmpCurl jmp_curl;

gboolean jmp_curl_ensure (GError **error);

/* curl-linux.c, curl-linked.c */
gboolean jmp_curl_find (JmpCurl *curl, GError **error);

G_END_DECLS
