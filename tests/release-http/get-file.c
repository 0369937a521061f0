/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* get-file URL [CERTIFICATES TO TRUST]: downloads as the program does, and says how long what came is, or
 * why nothing came (exit status 1). For packaging/windows/test, whose server runs on another system. */

#include "release/download.h"

#include <stdio.h>

int
main (int argc, char **argv)
{
  JmpDownloadSettings settings = JMP_DOWNLOAD_DEFAULTS;
  g_autoptr (JmpDownloader) downloader = NULL;
  g_autoptr (JmpDownload) download = NULL;
  g_autoptr (GError) error = NULL;
  JmpDownloadRequest request = { 0 };

  if (argc < 2)
    return 2;
  request.url = argv[1];
  settings.ca_file = argc > 2 ? argv[2] : NULL;
  settings.attempts = 1;
  downloader = jmp_downloader_new (&settings);
  download = jmp_downloader_get (downloader, &request, NULL, NULL, NULL, NULL, &error);
  if (download == NULL)
    printf ("%s\n", error->message);
  else
    printf ("%u bytes\n", (guint)g_bytes_get_size (download->bytes));
  return download == NULL ? 1 : 0;
}
