/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: LGPL-2.1-or-later */

/* Asking a board how it is protected. */

#include "dfu/option-bytes.h"

#include "base/error.h"
#include "dfu/dfuse.h"

#include <string.h>

/* More than any part's option bytes have. */
#define MAX_OPTION_BYTES 4096

/* Reads a short range, block by block, each with its address set: the device is in dfuIDLE afterwards. */
static GBytes *
read_range (JmpDfu *dfu, guint32 address, gsize length, GCancellable *cancellable, GError **error)
{
  gsize block = MAX (jmp_dfu_get_info (dfu)->transfer_size, 1);
  g_autofree guint8 *data = g_malloc (length);

  for (gsize done = 0; done < length;) {
    guint16 count = (guint16)MIN (block, length - done);

    if (!jmp_dfuse_set_address (dfu, address + (guint32)done, cancellable, error)
        || !jmp_dfu_abort (dfu, cancellable, error)
        || !jmp_dfuse_read_block (
            dfu, JMP_DFUSE_FIRST_BLOCK, data + done, count, cancellable, error)
        || !jmp_dfu_abort (dfu, cancellable, error))
      return NULL;
    done += count;
  }
  return g_bytes_new_take (g_steal_pointer (&data), length);
}

/* What is worth a look: the option bytes, or where there are none the first bytes of the flash. */
static const JmpDfuAlt *
find_memory (const JmpDfuInfo *info, JmpSector *first, gsize *length)
{
  const JmpDfuAlt *alt = jmp_option_bytes_find (info);

  if ((info->attributes & JMP_DFU_CAN_UPLOAD) == 0 || !info->dfuse)
    return NULL;
  if (alt == NULL)
    alt = jmp_dfu_info_find_alt (info, 0);
  if (alt == NULL || alt->layout == NULL || !jmp_layout_get_sector (alt->layout, 0, first)
      || (first->access & JMP_ACCESS_READ) == 0)
    return NULL;
  *length = alt == jmp_option_bytes_find (info) ? MIN (first->size, MAX_OPTION_BYTES)
                                                : MIN (first->size, 16);
  return alt;
}

/**
 * jmp_protection_read:
 * @dfu: an open interface, in any state
 * @out: (out caller-allocates): how the board is protected; release with jmp_protection_clear()
 * @cancellable: (nullable): a #GCancellable
 * @error: return location for a #GError
 *
 * Finds out by reading: the option bytes where the boot loader shows them, else the first bytes of the
 * flash. A boot loader that answers errVENDOR to that has read protection on (AN3156: with it active
 * only Get and Read Unprotect are served). Changes nothing. The device is in dfuIDLE afterwards.
 *
 * Errors: those of dfu.h, but for %JMP_ERROR_READ_PROTECTED, which is an answer.
 *
 * Returns: whether @out is set; where nothing can be asked, it says so
 */
gboolean
jmp_protection_read (JmpDfu *dfu, JmpProtection *out, GCancellable *cancellable, GError **error)
{
  const JmpDfuInfo *info = jmp_dfu_get_info (dfu);
  g_autoptr (GError) failure = NULL;
  g_autoptr (GBytes) bytes = NULL;
  const JmpDfuAlt *alt;
  JmpSector first;
  gsize length = 0;

  *out = (JmpProtection){ JMP_PROTECTION_UNKNOWN, NULL };
  alt = find_memory (info, &first, &length);
  if (alt == NULL)
    return TRUE;
  if (jmp_dfu_to_idle (dfu, cancellable, &failure)
      && jmp_dfu_select_alt (dfu, alt->alt, cancellable, &failure))
    bytes = read_range (dfu, first.address, length, cancellable, &failure);
  if (g_error_matches (failure, JMP_ERROR, JMP_ERROR_READ_PROTECTED)) {
    out->state = JMP_PROTECTION_READ;
    return jmp_dfu_to_idle (dfu, NULL, error);
  }
  if (bytes == NULL) {
    g_propagate_prefixed_error (error, g_steal_pointer (&failure), "looking at the protection: ");
    return FALSE;
  }
  out->state = JMP_PROTECTION_OPEN;
  if (alt == jmp_option_bytes_find (info))
    out->options = jmp_option_bytes_decode (info, bytes);
  return TRUE;
}

/**
 * jmp_protection_clear:
 * @self: how a board is protected
 *
 * Frees what @self holds.
 */
void
jmp_protection_clear (JmpProtection *self)
{
  g_clear_pointer (&self->options, jmp_option_bytes_unref);
}

/**
 * jmp_protection_state_to_string:
 * @state: whether a board's memory can be read
 *
 * Returns: (transfer none): its word
 */
const char *
jmp_protection_state_to_string (JmpProtectionState state)
{
  switch (state) {
  case JMP_PROTECTION_UNKNOWN:
    break;
  case JMP_PROTECTION_OPEN:
    return "none";
  case JMP_PROTECTION_READ:
    return "read-protected";
  }
  return "unknown";
}

/**
 * jmp_protection_is_removable:
 * @info: a board
 *
 * Returns: whether its boot loader is of the kind that can take read protection off: that in the ROM of an
 *   STM32, and its like
 */
gboolean
jmp_protection_is_removable (const JmpDfuInfo *info)
{
  return info->dfuse && (info->quirks.flags & JMP_QUIRK_NO_GET_COMMANDS) == 0;
}

/**
 * jmp_protection_check_command:
 * @dfu: a board of jmp_protection_is_removable(), in dfuIDLE
 * @error: return location for a #GError
 *
 * Whether the boot loader has the command that takes read protection off. One that lists its commands
 * without it has none; one that lists none may have it. Changes nothing.
 *
 * Errors: %JMP_ERROR_NOT_SUPPORTED.
 *
 * Returns: %TRUE if it may be sent
 */
gboolean
jmp_protection_check_command (JmpDfu *dfu, GError **error)
{
  g_autoptr (GBytes) commands = jmp_dfuse_get_commands (dfu, NULL, NULL);
  gsize size = 0;
  const guint8 *data = commands != NULL ? g_bytes_get_data (commands, &size) : NULL;

  if (data == NULL || memchr (data, JMP_DFUSE_READ_UNPROTECT, size) != NULL)
    return TRUE;
  g_set_error (error,
               JMP_ERROR,
               JMP_ERROR_NOT_SUPPORTED,
               "the boot loader has no command that removes read protection");
  return FALSE;
}
