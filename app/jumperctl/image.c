/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "config.h"

#include "jumperctl/image.h"

#include "jumperctl/json.h"
#include "words/words.h"

#include <glib/gi18n.h>

static void
add_target (JsonBuilder *builder, const JmpImageTarget *target)
{
  json_builder_begin_object (builder);
  ctl_json_number (builder, "alt", target->alt);
  ctl_json_string (builder, "name", target->name);
  json_builder_set_member_name (builder, "segments");
  json_builder_begin_array (builder);
  for (guint i = 0; i < target->n_segments; i++) {
    const JmpSegment *segment = &target->segments[i];
    g_autofree char *sum = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, segment->bytes);

    json_builder_begin_object (builder);
    ctl_json_number (builder, "address", segment->address);
    ctl_json_number (builder, "size", g_bytes_get_size (segment->bytes));
    ctl_json_string (builder, "sha256", sum);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * ctl_image_json:
 * @builder: inside an object
 * @image: firmware
 *
 * Adds what is in @image: "format", "size", "targets", "vid", "pid", "crc".
 */
void
ctl_image_json (JsonBuilder *builder, JmpImage *image)
{
  ctl_json_string (builder, "format", jmp_image_format_to_string (jmp_image_get_format (image)));
  ctl_json_number (builder, "size", jmp_image_get_size (image));
  json_builder_set_member_name (builder, "targets");
  json_builder_begin_array (builder);
  for (guint i = 0; i < jmp_image_get_n_targets (image); i++)
    add_target (builder, jmp_image_get_target (image, i));
  json_builder_end_array (builder);
  ctl_json_id (builder, "vid", jmp_image_get_vid (image));
  ctl_json_id (builder, "pid", jmp_image_get_pid (image));
  ctl_json_string (builder, "crc", jmp_crc_state_to_string (jmp_image_get_crc (image)));
}

/**
 * ctl_image_print:
 * @session: a session
 * @image: firmware
 *
 * Prints a line for each segment.
 */
void
ctl_image_print (CtlSession *session, JmpImage *image)
{
  for (guint t = 0; t < jmp_image_get_n_targets (image); t++) {
    const JmpImageTarget *target = jmp_image_get_target (image, t);

    for (guint i = 0; i < target->n_segments; i++) {
      gsize length = g_bytes_get_size (target->segments[i].bytes);
      g_autofree char *range = jmp_words_range (target->segments[i].address, length);
      g_autofree char *size = jmp_words_size (length);

      ctl_session_print (session, _ ("  alt %u  %s  %s\n"), target->alt, range, size);
    }
  }
}
