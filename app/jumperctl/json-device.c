/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "jumperctl/json.h"

#include "base/error.h"
#include "jumperctl/plain.h"
#include "words/words.h"

static void
add_runs (JsonBuilder *builder, JmpLayout *layout)
{
  guint n = 0;
  const JmpSectorRun *runs = jmp_layout_get_runs (layout, &n);

  json_builder_set_member_name (builder, "map");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++) {
    json_builder_begin_object (builder);
    ctl_json_number (builder, "address", runs[i].address);
    ctl_json_number (builder, "size", runs[i].size);
    ctl_json_number (builder, "count", runs[i].count);
    ctl_json_boolean (builder, "read", (runs[i].access & JMP_ACCESS_READ) != 0);
    ctl_json_boolean (builder, "erase", (runs[i].access & JMP_ACCESS_ERASE) != 0);
    ctl_json_boolean (builder, "write", (runs[i].access & JMP_ACCESS_WRITE) != 0);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
}

static void
add_null (JsonBuilder *builder, const char *name)
{
  ctl_json_string (builder, name, NULL);
}

static void
add_alt (JsonBuilder *builder, const JmpDfuAlt *alt, gboolean with_map)
{
  JmpSector first;

  json_builder_begin_object (builder);
  ctl_json_number (builder, "alt", alt->alt);
  ctl_json_string (builder, "name", alt->name);
  if (alt->layout != NULL && jmp_layout_get_sector (alt->layout, 0, &first)) {
    ctl_json_number (builder, "address", first.address);
    ctl_json_number (builder, "size", jmp_layout_get_size (alt->layout));
    ctl_json_number (builder, "sectors", jmp_layout_get_n_sectors (alt->layout));
    if (with_map)
      add_runs (builder, alt->layout);
  } else {
    add_null (builder, "address");
    add_null (builder, "size");
    add_null (builder, "sectors");
    if (with_map)
      add_null (builder, "map");
  }
  json_builder_end_object (builder);
}

static void
add_problem (JsonBuilder *builder, const GError *problem)
{
  g_autofree char *details = NULL;

  json_builder_set_member_name (builder, "problem");
  if (problem == NULL) {
    json_builder_add_null_value (builder);
    return;
  }
  details = jmp_words_error_details (problem);
  json_builder_begin_object (builder);
  ctl_json_string (builder,
                   "code",
                   problem->domain == JMP_ERROR ? jmp_error_to_string ((JmpError)problem->code)
                                                : "failed");
  ctl_json_string (builder, "text", jmp_words_error (problem));
  ctl_json_string (builder, "fix", jmp_words_error_advice (problem));
  ctl_json_string (builder, "where", details);
  json_builder_end_object (builder);
}

/* What only an expert asks for. */
static void
add_expert (JsonBuilder *builder, const JmpDfuInfo *info)
{
  g_autofree char *version = ctl_plain_version (info);

  ctl_json_string (builder, "manufacturer", info->manufacturer);
  ctl_json_string (builder, "product", info->product);
  ctl_json_boolean (builder, "dfuse", info->dfuse);
  ctl_json_string (builder, "dfu_version", version);
  ctl_json_number (builder, "transfer_size", info->transfer_size);
  ctl_json_string (builder, "quirk", info->quirks.name);
}

/**
 * ctl_json_device_begin:
 * @builder: where a value goes
 * @device: a board
 * @evidence: which kind of board it can be
 * @with_map: whether to add each memory's sectors, and what an expert asks for
 *
 * Adds a board, as an object that the caller may add to and has to end.
 */
void
ctl_json_device_begin (JsonBuilder *builder,
                       JmpDevice *device,
                       const CtlEvidence *evidence,
                       gboolean with_map)
{
  const JmpDfuInfo *info = jmp_device_get_info (device);
  guint16 vid;
  guint16 pid;

  json_builder_begin_object (builder);
  ctl_json_string (builder, "id", jmp_device_get_id (device));
  ctl_json_string (builder, "mode", jmp_device_mode_to_string (jmp_device_get_mode (device)));
  if (jmp_device_get_ids (device, &vid, &pid)) {
    ctl_json_id (builder, "vid", vid);
    ctl_json_id (builder, "pid", pid);
  } else {
    add_null (builder, "vid");
    add_null (builder, "pid");
  }
  ctl_json_string (builder, "serial", jmp_device_get_serial (device));
  ctl_json_string (builder, "path", jmp_device_get_path (device));
  ctl_json_string (builder, "port", jmp_device_get_port_name (device));
  ctl_json_string (builder, "name", jmp_device_get_name (device));
  ctl_evidence_json (evidence, builder);
  if (with_map && info != NULL)
    add_expert (builder, info);
  json_builder_set_member_name (builder, "alts");
  json_builder_begin_array (builder);
  for (guint i = 0; info != NULL && i < info->alts->len; i++)
    add_alt (builder, g_ptr_array_index (info->alts, i), with_map);
  json_builder_end_array (builder);
  add_problem (builder, jmp_device_get_problem (device));
}

/**
 * ctl_json_device:
 * @builder: where a value goes
 * @device: a board
 * @with_map: as for ctl_json_device_begin()
 *
 * Adds a board, as far as it is known without opening it.
 */
void
ctl_json_device (JsonBuilder *builder, JmpDevice *device, gboolean with_map)
{
  g_autoptr (CtlEvidence) evidence = ctl_evidence_new (device, NULL);

  ctl_json_device_begin (builder, device, evidence, with_map);
  json_builder_end_object (builder);
}

static void
add_step (JsonBuilder *builder, const JmpStep *step)
{
  g_autofree char *sum = step->bytes != NULL
                             ? g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, step->bytes)
                             : NULL;
  g_autofree char *kind = g_ascii_strdown (jmp_step_kind_to_string (step->kind), -1);

  json_builder_begin_object (builder);
  ctl_json_string (builder, "step", kind);
  ctl_json_number (builder, "alt", step->alt);
  ctl_json_number (builder, "address", step->address);
  ctl_json_number (builder, "length", step->length);
  ctl_json_string (builder, "sha256", sum);
  json_builder_end_object (builder);
}

/**
 * ctl_json_plan:
 * @builder: in an object
 * @plan: what will be done
 *
 * Adds "steps", in their order.
 */
void
ctl_json_plan (JsonBuilder *builder, JmpPlan *plan)
{
  guint n = 0;
  const JmpStep *steps = jmp_plan_get_steps (plan, &n);

  json_builder_set_member_name (builder, "steps");
  json_builder_begin_array (builder);
  for (guint i = 0; i < n; i++)
    add_step (builder, &steps[i]);
  json_builder_end_array (builder);
}
