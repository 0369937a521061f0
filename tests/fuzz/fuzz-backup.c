/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "fuzz.h"

#include "backup/backup-private.h"
#include "image/image.h"

/* Either there is something wrong with a description, or every part of it makes sense. */
int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (JmpBackup) backup = jmp_backup_new ("/backups/board/20261121-120000-00000000");
  g_autofree char *problem = jmp_backup_parse (backup, bytes);
  guint64 total = 0;

  if (problem != NULL) {
    fuzz_check (g_utf8_validate (problem, -1, NULL));
    return 0;
  }
  fuzz_check (backup->sha256 != NULL && backup->ranges->len > 0);
  for (guint i = 0; i < backup->ranges->len; i++) {
    const JmpBackupRange *range = g_ptr_array_index (backup->ranges, i);

    fuzz_check (range->size > 0 && range->sha256 != NULL);
    fuzz_check (range->bytes == NULL || g_bytes_get_size (range->bytes) == range->size);
    total += range->bytes == NULL ? range->size : 0;
  }
  fuzz_check (total == backup->size && total <= JMP_IMAGE_MAX_FILE);
  return 0;
}
