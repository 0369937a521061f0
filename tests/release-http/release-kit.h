/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the tests of downloads have in common: folders that go away, certificates, firmware, limits
 * that are short enough for a test. */

#pragma once

#include "release/fetch.h"

/* A new folder below the system's temporary one, and its removal with all that is in it. */
char *kit_folder (void);
void kit_remove (const char *folder);

/* Firmware that is right: @size bytes at 0x08020000 of alt setting 0, for 0483:DF11. */
GBytes *kit_firmware (gsize size, guint seed);
/* A pyboard, as far as a file is checked against it. */
JmpDfuInfo *kit_board (guint16 pid, const char *map);
void kit_board_free (JmpDfuInfo *board);

/* Short limits; @ca_file as in #JmpDownloadSettings. */
JmpDownloadSettings kit_settings (const char *ca_file);
/* No proxy of the machine that the tests run on may come between. */
void kit_forget_proxies (void);

/* Makes ca.pem, other.pem (another CA), and NAME.pem and NAME.key for "good" (127.0.0.1), "host" (for
 * another host) and "expired", all signed by ca.pem. FALSE where the openssl command is missing. */
gboolean kit_certificates (const char *folder);
