/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/protection.h"

#include "jumperctl/json.h"
#include "words/words-regions.h"

/**
 * ctl_protection_read:
 * @session: a session with a board
 * @out: (out caller-allocates): how it is protected; release with jmp_protection_clear()
 * @error: as jmp_device_open() and jmp_protection_read()
 *
 * Asks the board, and closes it again.
 *
 * Returns: %FALSE with @error set, and @out empty
 */
gboolean
ctl_protection_read (CtlSession *session, JmpProtection *out, GError **error)
{
  JmpDevice *device = session->board->device;
  g_autoptr (JmpDfu) dfu = NULL;
  JmpUsb *usb;

  *out = (JmpProtection){ JMP_PROTECTION_UNKNOWN, NULL };
  usb = jmp_device_open (device, error);
  if (usb == NULL)
    return FALSE;
  dfu = jmp_dfu_open (usb, jmp_device_get_info (device), error);
  return dfu != NULL && jmp_protection_read (dfu, out, session->cancellable, error);
}

static void
add_level (JsonBuilder *builder, const JmpProtection *protection)
{
  JmpReadProtection level = protection->options != NULL ? protection->options->level
                                                        : JMP_RDP_UNKNOWN;

  /* level 2 has no boot loader to ask */
  if (protection->state == JMP_PROTECTION_READ)
    level = JMP_RDP_LEVEL_1;
  if (level == JMP_RDP_UNKNOWN)
    ctl_json_string (builder, "level", NULL);
  else
    ctl_json_number (builder, "level", (guint64)(level - JMP_RDP_LEVEL_0));
}

static void
add_options (JsonBuilder *builder, const JmpOptionBytes *options)
{
  json_builder_set_member_name (builder, "options");
  json_builder_begin_object (builder);
  for (guint i = 0; options != NULL && i < options->options->len; i++) {
    const JmpOption *option = &g_array_index (options->options, JmpOption, i);

    ctl_json_number (builder, option->name, option->value);
  }
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "write_protected");
  json_builder_begin_array (builder);
  for (guint i = 0; options != NULL && i < options->write_protected->len; i++) {
    const JmpOptionRange *range = &g_array_index (options->write_protected, JmpOptionRange, i);

    json_builder_begin_object (builder);
    ctl_json_number (builder, "address", range->address);
    ctl_json_number (builder, "size", range->length);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

/**
 * ctl_protection_json:
 * @builder: in an object
 * @protection: how a board is protected
 *
 * Adds "protection".
 */
void
ctl_protection_json (JsonBuilder *builder, const JmpProtection *protection)
{
  const JmpOptionBytes *options = protection->options;

  json_builder_set_member_name (builder, "protection");
  json_builder_begin_object (builder);
  ctl_json_string (builder, "read", jmp_protection_state_to_string (protection->state));
  add_level (builder, protection);
  ctl_json_string (builder, "family", options != NULL ? options->family : NULL);
  add_options (builder, options);
  json_builder_end_object (builder);
}

/**
 * ctl_protection_print:
 * @session: a session
 * @protection: how its board is protected
 *
 * Prints it, a line for each thing.
 */
void
ctl_protection_print (CtlSession *session, const JmpProtection *protection)
{
  const JmpOptionBytes *options = protection->options;

  ctl_session_print (session, "  %s\n", jmp_words_protection (protection));
  if (options != NULL) {
    g_autofree char *write = jmp_words_write_protection (options);
    g_autofree char *settings = jmp_words_options (options);

    ctl_session_print (session, "  %s\n  %s\n", write, settings);
  }
}
