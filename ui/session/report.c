/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "session/report.h"

#include "base/error.h"
#include "base/paths.h"

#include <string.h>

#define MIN_SERIAL 6

/* A line of "name: value"; none without a value. */
static void add (GString *text, const char *name, const char *format, ...) G_GNUC_PRINTF (3, 4);

static void
add (GString *text, const char *name, const char *format, ...)
{
  va_list args;

  g_string_append_printf (text, "%s: ", name);
  va_start (args, format);
  g_string_append_vprintf (text, format, args);
  va_end (args);
  g_string_append_c (text, '\n');
}

/**
 * jmp_report_system:
 *
 * Which program on which system.
 *
 * Returns: (transfer full): lines of text
 */
char *
jmp_report_system (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *os = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  add (text, "Jumper", "%s", JMP_VERSION);
  add (text, "system", "%s", os != NULL ? os : "unknown");
  add (text, "GLib", "%u.%u.%u", glib_major_version, glib_minor_version, glib_micro_version);
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
add_board (GString *text, JmpDevice *device)
{
  const JmpDfuInfo *info = jmp_device_get_info (device);
  const GError *problem = jmp_device_get_problem (device);

  add (text,
       "board",
       "%s (%s)",
       jmp_device_is_practice (device) ? "practice board" : "USB",
       jmp_device_mode_to_string (jmp_device_get_mode (device)));
  if (problem != NULL)
    add (text, "board problem", "%s", problem->message);
  if (info == NULL)
    return;
  add (text, "ids", "%04x:%04x, release %04x", info->vid, info->pid, info->bcd_device);
  if (info->product != NULL)
    add (text, "product", "%s", info->product);
  add (text,
       "DFU",
       "%04x, attributes %02x, transfer size %u of %u",
       info->version,
       info->attributes,
       info->transfer_size,
       info->device_transfer_size);
  if (info->quirks.name != NULL)
    add (text, "known as", "%s", info->quirks.name);
  for (guint i = 0; i < info->alts->len; i++) {
    const JmpDfuAlt *alt = g_ptr_array_index (info->alts, i);

    g_string_append_printf (text, "alt %u: %s\n", alt->alt, alt->text != NULL ? alt->text : "");
  }
}

static void
add_kind (GString *text, JmpSession *session)
{
  const JmpBoard *board = jmp_session_get_board (session);
  const char *variant = jmp_session_get_variant (session);
  const char *version = jmp_session_get_version (session);

  if (board == NULL)
    return;
  add (text,
       "kind of board",
       "%s%s%s",
       board->id,
       variant != NULL ? "-" : "",
       variant != NULL ? variant : "");
  if (version != NULL)
    add (text, "firmware before", "%s", version);
}

static void
add_firmware (GString *text, JmpSession *session)
{
  const JmpFirmware *firmware = jmp_session_get_firmware (session);
  JmpImage *image = jmp_session_get_image (session);
  const char *name = jmp_session_get_firmware_name (session);
  const GError *problem = jmp_session_get_problem (session);

  if (name != NULL)
    add (text, "firmware", "%s", name);
  if (problem != NULL)
    add (text, "firmware problem", "%s", problem->message);
  if (firmware != NULL && firmware->origin == JMP_FIRMWARE_RELEASE)
    add (text, "trust", "%s", jmp_trust_to_string (firmware->trust));
  if (image == NULL)
    return;
  add (text,
       "format",
       "%s, %" G_GUINT64_FORMAT " bytes, CRC %s, for %04x:%04x",
       jmp_image_format_to_string (jmp_image_get_format (image)),
       jmp_image_get_size (image),
       jmp_crc_state_to_string (jmp_image_get_crc (image)),
       jmp_image_get_vid (image),
       jmp_image_get_pid (image));
}

static void
add_recovery (GString *text, const JmpOutcome *outcome)
{
  if (outcome->recovery_file != NULL)
    add (text, "saved bytes", "not back in place");
  if (outcome->recovery_aside != NULL)
    add (text, "earlier saved bytes", "put aside");
  if (outcome->recovery_problem != NULL)
    add (text, "because", "%s", outcome->recovery_problem);
}

static void
add_result (GString *text, JmpJob *job)
{
  const JmpOutcome *outcome = jmp_job_get_outcome (job);
  const GError *error = jmp_job_get_error (job);

  if (error != NULL)
    add (text,
         "error",
         "%s, %d: %s",
         g_quark_to_string (error->domain),
         error->code,
         error->message);
  if (outcome == NULL)
    return;
  add (text,
       "board is now",
       "%s, %s",
       jmp_board_state_to_string (outcome->state),
       outcome->connected ? "connected" : "not connected");
  add (text,
       "done",
       "%u sectors erased, %" G_GUINT64_FORMAT " bytes written, %" G_GUINT64_FORMAT
       " bytes verified, %" G_GUINT64_FORMAT " bytes already right, %" G_GUINT64_FORMAT
       " bytes kept",
       outcome->sectors_erased,
       outcome->bytes_written,
       outcome->bytes_verified,
       outcome->bytes_skipped,
       outcome->bytes_kept);
  add (text,
       "took",
       "%.1f s, %" G_GUINT64_FORMAT " transfers, ended at step %u",
       outcome->seconds_total,
       outcome->transfers,
       outcome->step);
  if (outcome->has_difference)
    add (text,
         "difference",
         "0x%08x: 0x%02x expected, 0x%02x found",
         outcome->difference_address,
         outcome->expected,
         outcome->found);
  add_recovery (text, outcome);
}

/* Messages about files name them with their folders. */
static void
hide_folders (GString *text, GFile *file)
{
  g_autoptr (GFile) parent = file != NULL ? g_file_get_parent (file) : NULL;
  g_autofree char *name = parent != NULL ? g_file_get_parse_name (parent) : NULL;
  g_autofree char *recovery = jmp_paths_recovery ();

  if (name != NULL)
    g_string_replace (text, name, "…", 0);
  g_string_replace (text, recovery, "…", 0);
  g_string_replace (text, g_get_home_dir (), "~", 0);
}

/* It says whose board it is. A short one tells nothing apart, and stands in many a word. */
static void
hide_serial (GString *text, const char *serial)
{
  if (serial != NULL && strlen (serial) >= MIN_SERIAL)
    g_string_replace (text, serial, "…", 0);
}

/**
 * jmp_report_session:
 * @session: a board's session
 *
 * Everything about the board, the file, the plan and the result that helps to understand what
 * happened, and nothing that tells who it happened to.
 *
 * Returns: (transfer full): lines of text
 */
char *
jmp_report_session (JmpSession *session)
{
  g_autofree char *system = jmp_report_system ();
  g_autoptr (GString) text = g_string_new (system);
  JmpPlan *plan = jmp_session_get_plan (session);
  JmpJob *job = jmp_session_get_job (session);

  add_board (text, jmp_session_get_device (session));
  add_kind (text, session);
  add_firmware (text, session);
  if (plan != NULL) {
    g_autofree char *steps = jmp_plan_to_string (plan);

    g_string_append_printf (text, "plan:\n%s", steps);
    if (!g_str_has_suffix (steps, "\n"))
      g_string_append_c (text, '\n');
  }
  if (job != NULL)
    add_result (text, job);
  hide_folders (text, jmp_session_get_file (session));
  hide_serial (text, jmp_device_get_serial (jmp_session_get_device (session)));
  return g_utf8_make_valid (text->str, -1);
}
