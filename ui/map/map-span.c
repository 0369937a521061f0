/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "map/map-span.h"

/* A run of up to this many sectors shows each of them. */
#define MAX_SINGLE 24
/* A longer one is shown as up to this many groups, before the plan and names split them. */
#define MAX_GROUPS 16
/* What the runs of a strip may come to before the plan and names split them. */
#define MAX_UNSPLIT 48

/* What makes a sector differ from its neighbour. */
typedef struct {
  JmpSectorFate fate;
  guint32 image_bytes;
  guint32 kept_bytes;
  int name;
} Trait;

static guint
groups_of (const JmpSectorRun *run, guint size)
{
  return run->count / size + (run->count % size != 0);
}

/* How many sectors make a group of @run when it may have @limit groups: a power of two, so that
 * groups begin at round addresses. */
static guint
group_size (const JmpSectorRun *run, guint limit)
{
  guint size = 1;

  if (limit >= MAX_GROUPS && run->count <= MAX_SINGLE)
    return 1;
  while (groups_of (run, size) > limit)
    size *= 2;
  return size;
}

static guint
count_unsplit (const JmpSectorRun *runs, guint n_runs, guint limit)
{
  guint total = 0;

  for (guint i = 0; i < n_runs; i++)
    total += groups_of (&runs[i], group_size (&runs[i], limit));
  return total;
}

static int
find_name (const JmpMapSpanInput *input, guint32 address)
{
  for (guint i = 0; i < input->n_names; i++) {
    const JmpMapName *name = &input->names[i];

    if (name->alt == input->alt && address >= name->address
        && address - name->address < name->length)
      return (int)i;
  }
  return -1;
}

static Trait *
collect_traits (const JmpMapSpanInput *input, const JmpSectorRun *runs, guint n_runs, guint n)
{
  Trait *traits = g_new0 (Trait, MAX (n, 1));
  guint at = 0;

  for (guint i = 0; i < n_runs; i++)
    for (guint j = 0; j < runs[i].count && at < n; j++, at++)
      traits[at].name = find_name (input, runs[i].address + j * runs[i].size);

  for (guint i = 0; i < input->n_sectors; i++) {
    const JmpPlanSector *planned = &input->sectors[i];

    if (planned->alt != input->alt || planned->sector.index >= n)
      continue;
    traits[planned->sector.index].fate |= planned->fate;
    traits[planned->sector.index].image_bytes += planned->image_bytes;
    traits[planned->sector.index].kept_bytes += planned->kept_bytes;
  }
  return traits;
}

static void
add_sector (JmpMapSpan *span, const Trait *trait)
{
  span->count++;
  span->fate |= trait->fate;
  span->touched += trait->fate != 0;
  span->image_bytes += trait->image_bytes;
  span->kept_bytes += trait->kept_bytes;
}

static void
add_run (GArray *spans,
         guint8 alt,
         const JmpSectorRun *run,
         guint first,
         const Trait *traits,
         guint size,
         gboolean split)
{
  JmpMapSpan span = { 0 };

  for (guint i = 0; i < run->count; i++) {
    const Trait *trait = &traits[first + i];
    gboolean differs = split && i > 0
                       && (trait->fate != traits[first + i - 1].fate
                           || trait->name != traits[first + i - 1].name);

    if (i > 0 && (i % size == 0 || differs)) {
      g_array_append_val (spans, span);
      span.count = 0;
    }
    if (span.count == 0)
      span = (JmpMapSpan){
        .alt = alt,
        .first = first + i,
        .address = run->address + i * run->size,
        .sector_size = run->size,
        .access = run->access,
        .name = trait->name,
      };
    add_sector (&span, trait);
  }
  if (span.count > 0)
    g_array_append_val (spans, span);
}

static GArray *
make_spans (const JmpMapSpanInput *input, const Trait *traits, guint limit, gboolean split)
{
  GArray *spans = g_array_new (FALSE, FALSE, sizeof (JmpMapSpan));
  guint n_runs = 0;
  const JmpSectorRun *runs = jmp_layout_get_runs (input->layout, &n_runs);
  guint first = 0;

  for (guint i = 0; i < n_runs; i++) {
    add_run (spans, input->alt, &runs[i], first, traits, group_size (&runs[i], limit), split);
    first += runs[i].count;
  }
  return spans;
}

static gint
by_address (gconstpointer a, gconstpointer b)
{
  const JmpMapSpan *x = a;
  const JmpMapSpan *y = b;

  if (x->address != y->address)
    return x->address < y->address ? -1 : 1;
  return x->first < y->first ? -1 : x->first > y->first;
}

/**
 * jmp_map_spans_new:
 * @input: a memory map, and what is planned and known of it
 *
 * The spans of one alt setting, by address: at most %JMP_MAP_MAX_SPANS of them, unless its memory
 * map has more runs than that. Groups end where the plan does something else or another name begins;
 * when that would make too many, groups grow, and at last hold sectors of several fates, which
 * touched < count then says.
 *
 * Returns: (transfer full) (element-type JmpMapSpan): the spans
 */
GArray *
jmp_map_spans_new (const JmpMapSpanInput *input)
{
  guint n_runs = 0;
  const JmpSectorRun *runs = jmp_layout_get_runs (input->layout, &n_runs);
  g_autofree Trait *traits = collect_traits (
      input, runs, n_runs, jmp_layout_get_n_sectors (input->layout));
  GArray *spans = NULL;
  guint limit = MAX_GROUPS;

  while (limit > 1 && count_unsplit (runs, n_runs, limit) > MAX_UNSPLIT)
    limit /= 2;
  for (guint l = limit; l >= 1; l /= 2) {
    spans = make_spans (input, traits, l, TRUE);
    if (spans->len <= JMP_MAP_MAX_SPANS)
      break;
    g_clear_pointer (&spans, g_array_unref);
  }
  if (spans == NULL)
    spans = make_spans (input, traits, limit, FALSE);
  g_array_sort (spans, by_address);
  return spans;
}

/**
 * jmp_map_span_size:
 * @span: a span
 *
 * Returns: its bytes
 */
guint64
jmp_map_span_size (const JmpMapSpan *span)
{
  return (guint64)span->count * span->sector_size;
}

/**
 * jmp_map_span_end:
 * @span: a span
 *
 * Returns: the address behind its last byte, up to 4 GiB
 */
guint64
jmp_map_span_end (const JmpMapSpan *span)
{
  return span->address + jmp_map_span_size (span);
}

/**
 * jmp_map_span_same_place:
 * @a: a span
 * @b: another
 *
 * Whether two spans are the same sectors under the same name, whatever happens to them.
 *
 * Returns: %TRUE if they are
 */
gboolean
jmp_map_span_same_place (const JmpMapSpan *a, const JmpMapSpan *b)
{
  return a->alt == b->alt && a->first == b->first && a->count == b->count
         && a->address == b->address && a->sector_size == b->sector_size && a->access == b->access
         && a->name == b->name;
}
