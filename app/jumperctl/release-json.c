/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/release-json.h"

#include "jumperctl/json.h"
#include "words/words-releases.h"

/**
 * ctl_board_json:
 * @builder: where a value goes
 * @board: a board
 *
 * Adds an object with what names the board, its variants, and what speaks against an update.
 */
void
ctl_board_json (JsonBuilder *builder, JmpBoard *board)
{
  json_builder_begin_object (builder);
  ctl_json_string (builder, "id", board->id);
  ctl_json_string (builder, "product", board->product);
  ctl_json_string (builder, "vendor", board->vendor);
  json_builder_set_member_name (builder, "variants");
  json_builder_begin_array (builder);
  for (guint i = 0; i < board->variants->len; i++) {
    const char *code = g_array_index (board->variants, JmpWords, i).code;
    g_autofree char *words = jmp_words_variant (board, code);

    json_builder_begin_object (builder);
    ctl_json_string (builder, "variant", code);
    ctl_json_string (builder, "text", words);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "advice");
  json_builder_begin_array (builder);
  for (guint i = 0; i < board->advice->len; i++) {
    const JmpAdvice *advice = &g_array_index (board->advice, JmpAdvice, i);
    g_autofree char *words = jmp_words_advice (advice);

    json_builder_begin_object (builder);
    ctl_json_string (builder, "kind", jmp_advice_kind_to_string (advice->kind));
    ctl_json_string (builder, "code", advice->reason.code);
    ctl_json_string (builder, "text", words);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
}

/**
 * ctl_release_json:
 * @builder: in an object
 * @release: a release
 *
 * Adds what is said about a release, before it was downloaded.
 */
void
ctl_release_json (JsonBuilder *builder, const JmpRelease *release)
{
  g_autofree char *day = jmp_words_day (release->date);

  ctl_json_string (builder, "board", release->board_id);
  ctl_json_string (builder, "variant", release->variant);
  ctl_json_string (builder, "version", release->version);
  ctl_json_string (builder, "channel", jmp_channel_to_string (release->channel));
  ctl_json_string (builder, "date", *day != '\0' ? day : NULL);
  ctl_json_string (builder, "source", release->feed);
  ctl_json_string (builder, "url", release->url);
  ctl_json_string (builder, "file", release->file_name);
  if (release->size > 0)
    ctl_json_number (builder, "size", release->size);
  else
    ctl_json_string (builder, "size", NULL);
  ctl_json_string (builder, "sha256", release->sha256);
  ctl_json_string (builder, "hash", jmp_hash_source_to_string (release->hash_source));
  ctl_json_string (builder, "notes", release->notes_url);
  ctl_json_string (builder, "notes_text", release->notes);
}

/**
 * ctl_fetched_json:
 * @builder: in an object
 * @release: a release
 * @fetched: its file
 *
 * Adds what is known about a file that is here.
 */
void
ctl_fetched_json (JsonBuilder *builder, const JmpRelease *release, const JmpFetched *fetched)
{
  ctl_json_string (builder, "board", release->board_id);
  ctl_json_string (builder, "variant", release->variant);
  ctl_json_string (builder, "version", release->version);
  ctl_json_string (builder, "source", release->feed);
  ctl_json_string (builder, "url", release->url);
  ctl_json_number (builder, "size", g_bytes_get_size (fetched->bytes));
  ctl_json_string (builder, "sha256", fetched->sha256);
  ctl_json_string (builder, "trust", jmp_trust_to_string (fetched->trust));
  ctl_json_string (builder, "trust_text", jmp_words_trust (fetched->trust, fetched->encrypted));
  ctl_json_boolean (builder, "encrypted", fetched->encrypted);
  ctl_json_boolean (builder, "from_cache", fetched->from_cache);
}
