/* SPDX-FileCopyrightText: 2026 The Jumper developers
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "assert-text.h"
#include "descriptors-text.h"
#include "script-usb.h"

#include "base/error.h"

#include <string.h>

typedef struct {
  const char *name;
  const char *hex;
  const char *script; /* %NULL: the descriptors alone are read */
  const char *expected;
} Row;

static void
describe_alt (GString *text, const JmpDfuAlt *alt)
{
  g_string_append_printf (text, "alt %u “%s”", alt->alt, alt->name);
  if (alt->layout != NULL)
    g_string_append_printf (text,
                            ": %u sectors, %" G_GUINT64_FORMAT " bytes",
                            jmp_layout_get_n_sectors (alt->layout),
                            jmp_layout_get_size (alt->layout));
  g_string_append_c (text, '\n');
}

static char *
describe (const JmpDfuInfo *info)
{
  GString *text = g_string_new (NULL);

  g_string_append_printf (text,
                          "%04x:%04x %04x interface %u%s%s\n",
                          info->vid,
                          info->pid,
                          info->bcd_device,
                          info->interface,
                          info->dfu_mode ? ", DFU mode" : ", run-time",
                          info->dfuse ? ", DfuSe" : "");
  g_string_append_printf (text,
                          "functional %s: attributes %02x, detach %u ms, version %04x\n",
                          info->has_functional ? "found" : "missing",
                          info->attributes,
                          info->detach_timeout_ms,
                          info->version);
  g_string_append_printf (
      text,
      "blocks of %u, device's %u%s\n",
      info->transfer_size,
      info->device_transfer_size,
      info->transfer_size == info->device_transfer_size ? "" : ", address before each");
  if (info->manufacturer != NULL || info->product != NULL || info->serial != NULL)
    g_string_append_printf (text, "%s/%s/%s\n", info->manufacturer, info->product, info->serial);
  if (info->quirks.name != NULL)
    g_string_append_printf (text, "quirks: %s\n", info->quirks.name);
  if ((info->quirks.flags & JMP_QUIRK_ONE_ALT) != 0)
    g_string_append (text, "one memory\n");
  for (guint i = 0; i < info->alts->len; i++)
    describe_alt (text, g_ptr_array_index (info->alts, i));
  return g_string_free (text, FALSE);
}

static const Row rows[] = {
  { "F405 alone",
    F405,
    NULL,
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "alt 0 “Alt 0”\n"
    "alt 1 “Alt 1”\n"
    "alt 2 “Alt 2”\n"
    "alt 3 “Alt 3”\n" },
  { "F405 with strings",
    F405,
    "STRING 4 = @Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg\n"
    "STRING 5 = @Option Bytes  /0x1FFFC000/01*016 e\n"
    "STRING 6 = @OTP Memory /0x1FFF7800/01*512 e,01*016 e\n"
    "STRING 7 = @Device Feature/0xFFFF0000/01*004 e\n"
    "STRING 1 = STMicroelectronics\n"
    "STRING 2 = STM32  BOOTLOADER\n"
    "STRING 3 = 205E37A05641\n",
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "STMicroelectronics/STM32  BOOTLOADER/205E37A05641\n"
    "alt 0 “Internal Flash”: 12 sectors, 1048576 bytes\n"
    "alt 1 “Option Bytes”: 1 sectors, 16 bytes\n"
    "alt 2 “OTP Memory”: 2 sectors, 528 bytes\n"
    "alt 3 “Device Feature”: 1 sectors, 4 bytes\n" },
  { "strings fail just after plug-in",
    F405,
    "STRING 4 = stall\n"
    "STRING 4 = io\n"
    "STRING 4 = @Internal Flash  /0x08000000/04*016Kg\n"
    "STRING 5 = @Flash3\n"
    "STRING 6 = UNKNOWN\n"
    "STRING 7 =  \n"
    "STRING 1 = ST\n"
    "STRING 2 = stall\n"
    "STRING 2 = BOOTLOADER\n"
    "STRING 3 = 1\n",
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "ST/BOOTLOADER/1\n"
    "alt 0 “Internal Flash”: 4 sectors, 65536 bytes\n"
    "alt 1 “Flash3”\n"
    "alt 2 “UNKNOWN”\n"
    "alt 3 “Alt 3”\n" },
  { "functional descriptor of DFU 1.0, 7 bytes",
    DEVICE_ROM CONFIGURATION ALT ("00", "00") "07 21 03 e8 03 40 00 ",
    NULL,
    "0483:df11 2200 interface 0, DFU mode\n"
    "functional found: attributes 03, detach 1000 ms, version 0100\n"
    "blocks of 64, device's 64\n"
    "alt 0 “Alt 0”\n" },
  { "7 bytes, another alt setting behind it",
    DEVICE_ROM CONFIGURATION ALT ("00", "00") "07 21 03 e8 03 40 00 " ALT ("01", "00"),
    NULL,
    "0483:df11 2200 interface 0, DFU mode\n"
    "functional found: attributes 03, detach 1000 ms, version 0100\n"
    "blocks of 64, device's 64\n"
    "alt 0 “Alt 0”\n"
    "alt 1 “Alt 1”\n" },
  { "says 7 bytes and has 9",
    DEVICE_ROM CONFIGURATION ALT ("00", "00") "07 21 0b ff 00 00 08 1a 01 " ALT ("01", "00"),
    NULL,
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "alt 0 “Alt 0”\n"
    "alt 1 “Alt 1”\n" },
  { "says 9 bytes and has 7",
    DEVICE_ROM CONFIGURATION ALT ("00", "00") "09 21 03 e8 03 40 00 " ALT ("01", "00"),
    NULL,
    "0483:df11 2200 interface 0, DFU mode\n"
    "functional found: attributes 03, detach 1000 ms, version 0100\n"
    "blocks of 64, device's 64\n"
    "alt 0 “Alt 0”\n"
    "alt 1 “Alt 1”\n" },
  { "says 255 bytes and has 9",
    DEVICE_ROM CONFIGURATION ALT ("00", "00") "ff 21 0b ff 00 00 08 1a 01 " ALT ("01", "00"),
    NULL,
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "alt 0 “Alt 0”\n"
    "alt 1 “Alt 1”\n" },
  { "behind the configuration descriptor",
    DEVICE_ROM CONFIGURATION FUNCTIONAL ALT ("00", "00"),
    NULL,
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "alt 0 “Alt 0”\n" },
  { "HID has type 0x21 as well",
    DEVICE_ROM CONFIGURATION HID ALT ("00", "00") HID,
    "FUNCTIONAL interface = timeout\n"
    "STRING 1 = A\n"
    "STRING 2 = B\n"
    "STRING 3 = C\n",
    "0483:df11 2200 interface 0, DFU mode\n"
    "functional missing: attributes 03, detach 255 ms, version 0100\n"
    "blocks of 1024, device's 0, address before each\n"
    "A/B/C\n"
    "alt 0 “Alt 0”\n" },
  { "behind endpoints and other classes",
    DEVICE_ROM CONFIGURATION CDC ENDPOINT HID
    "09 04 02 00 00 fe 01 01 00 09 21 0b ff 00 00 08 10 01 ",
    NULL,
    "0483:df11 2200 interface 2, run-time\n"
    "functional found: attributes 0b, detach 255 ms, version 0110\n"
    "blocks of 2048, device's 2048\n"
    "alt 0 “Alt 0”\n" },
  { "not in the configuration, but on request",
    DEVICE_ROM CONFIGURATION ALT ("00", "00"),
    "FUNCTIONAL interface = stall\n"
    "FUNCTIONAL device = 09 21 0b ff 00 00 04 1a 01\n"
    "STRING 1 = A\n"
    "STRING 2 = B\n"
    "STRING 3 = C\n",
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 1024, device's 1024\n"
    "A/B/C\n"
    "alt 0 “Alt 0”\n" },
  { "nowhere, but there is a map",
    DEVICE_ROM CONFIGURATION ALT ("00", "04"),
    "FUNCTIONAL interface = 09 22\n"
    "FUNCTIONAL device = none\n"
    "STRING 4 = @Internal Flash  /0x08000000/04*016Kg\n"
    "STRING 1 = A\n"
    "STRING 2 = B\n"
    "STRING 3 = C\n",
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional missing: attributes 03, detach 255 ms, version 0100\n"
    "blocks of 1024, device's 0, address before each\n"
    "A/B/C\n"
    "alt 0 “Internal Flash”: 4 sectors, 65536 bytes\n" },
  { "transfer size 0",
    DEVICE_ROM CONFIGURATION ALT ("00", "00") "09 21 0b ff 00 00 00 1a 01 ",
    NULL,
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 64, device's 0, address before each\n"
    "alt 0 “Alt 0”\n" },
  { "transfer size 0xFFFF",
    DEVICE_ROM CONFIGURATION ALT ("00", "00") "09 21 0b ff 00 ff ff 1a 01 ",
    NULL,
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 1024, device's 65535, address before each\n"
    "alt 0 “Alt 0”\n" },
  { "transfer size above a control transfer",
    DEVICE_ROM CONFIGURATION ALT ("00", "00") "09 21 0b ff 00 00 20 1a 01 ",
    NULL,
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 4096, device's 8192, address before each\n"
    "alt 0 “Alt 0”\n" },
  { "DSO Nano: protocol 0, DfuSe",
    DEVICE_ROM CONFIGURATION "09 04 00 00 00 fe 01 00 00 " FUNCTIONAL,
    NULL,
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "alt 0 “Alt 0”\n" },
  { "LPC: protocol 1 in DFU mode",
    "12 01 00 02 00 00 00 40 c9 1f 0c 00 00 01 00 00 00 01 " CONFIGURATION
    "09 04 00 00 00 fe 01 01 00 09 21 0b ff 00 00 08 00 01 ",
    NULL,
    "1fc9:000c 0100 interface 0, DFU mode\n"
    "functional found: attributes 0b, detach 255 ms, version 0100\n"
    "blocks of 2048, device's 2048\n"
    "quirks: NXP LPC\n"
    "alt 0 “Alt 0”\n" },
  { "DFU mode is preferred",
    DEVICE_ROM CONFIGURATION "09 04 00 00 00 fe 01 01 00 09 21 01 00 01 40 00 10 01 "
                             "09 04 01 05 00 fe 01 02 00 " FUNCTIONAL,
    NULL,
    "0483:df11 2200 interface 1, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "alt 5 “Alt 5”\n" },
  { "duplicate alt settings count once",
    DEVICE_ROM CONFIGURATION ALT ("00", "00") ALT ("01", "00") ALT ("00", "00") FUNCTIONAL,
    NULL,
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "alt 0 “Alt 0”\n"
    "alt 1 “Alt 1”\n" },
  { "G0: three alt settings, one memory",
    "12 01 00 02 00 00 00 40 83 04 11 df 00 02 00 00 00 01 " CONFIGURATION ALT ("00", "04")
        ALT ("01", "05") ALT ("02", "06") "09 21 0b ff 00 00 04 1a 01 ",
    "STRING 4 = @Internal Flash   /0x08000000/256*02Kg\n"
    "STRING 5 = @Internal Flash   /0x08000000/256*02Kg\n"
    "STRING 6 = @Internal Flash   /0x08000000/256*02Kg\n",
    "0483:df11 0200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 1024, device's 1024\n"
    "quirks: ST ROM, new generation\n"
    "one memory\n"
    "alt 0 “Internal Flash”: 256 sectors, 524288 bytes\n" },
  { "GD32: sectors by the serial number",
    "12 01 00 02 00 00 00 40 e9 28 89 01 00 10 01 02 03 01 " CONFIGURATION
    "09 04 00 00 00 fe 01 01 04 09 04 00 01 00 fe 01 01 05 " FUNCTIONAL,
    "STRING 4 = @Internal Flash  /0x08000000/512*002Kg\n"
    "STRING 5 = @Option Bytes  /0x1FFFF800/01*016 g\n"
    "STRING 1 = GDMicroelectronics\n"
    "STRING 2 = GD32 0x418 DFU Bootloade\n"
    "STRING 3 = 3CBJ\n",
    "28e9:0189 1000 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "GDMicroelectronics/GD32 0x418 DFU Bootloade/3CBJ\n"
    "quirks: GD32, 128 KiB\n"
    "alt 0 “Internal Flash”: 128 sectors, 131072 bytes\n"
    "alt 1 “Option Bytes”: 1 sectors, 16 bytes\n" },
  { "L432: blocks of 1024, the device counts in 2048",
    "12 01 00 01 00 00 00 40 83 04 11 df 00 22 00 00 00 01 " CONFIGURATION ALT ("00", "04")
        FUNCTIONAL,
    "STRING 4 = @Internal Flash  /0x08000000/0128*0002Kg\n",
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 1024, device's 2048, address before each\n"
    "quirks: STM32L43x ROM\n"
    "alt 0 “Internal Flash”: 128 sectors, 262144 bytes\n" },
  { "SPRacing: the map of one alt setting is wrong",
    "12 01 00 02 00 00 00 40 83 04 11 df 00 02 00 00 00 01 " CONFIGURATION ALT ("00", "04")
        ALT ("01", "05") FUNCTIONAL,
    "STRING 4 = @Internal Flash   /0x08000000/01*128Kg\n"
    "STRING 5 = @External Flash /0x90000000/1001*128Kg,3*128Kg,20*128Ka\n",
    "0483:df11 0200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "quirks: ST ROM, new generation\n"
    "alt 0 “Internal Flash”: 1 sectors, 131072 bytes\n"
    "alt 1 “External Flash”: 1024 sectors, 134217728 bytes\n" },
  { "Maple: no DfuSe, though the version says so",
    "12 01 00 02 00 00 00 40 af 1e 03 00 00 02 00 00 00 01 " CONFIGURATION ALT (
        "02", "04") "09 21 03 ff 00 00 08 1a 01 ",
    "STRING 4 = STM32duino bootloader v1.0  Upload to Flash 0x8002000\n",
    "1eaf:0003 0200 interface 0, DFU mode\n"
    "functional found: attributes 03, detach 255 ms, version 0110\n"
    "blocks of 2048, device's 2048\n"
    "quirks: Maple, stm32duino\n"
    "alt 2 “STM32duino bootloader v1.0  Upload to Flash 0x8002000”\n" },
  { "STM32MP1: addresses that are none",
    "12 01 00 02 00 00 00 40 83 04 11 df 00 02 00 00 00 01 " CONFIGURATION ALT ("00", "04")
        ALT ("01", "05") "09 21 0b ff 00 00 04 1a 01 ",
    "STRING 4 = @Partition0 /0x00/1*256Ke\n"
    "STRING 5 = @FSBL /0x01/1*1Me\n",
    "0483:df11 0200 interface 0, DFU mode\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 1024, device's 1024\n"
    "quirks: STM32MP\n"
    "alt 0 “Partition0 /0x00/1*256Ke”\n"
    "alt 1 “FSBL /0x01/1*1Me”\n" },
  { "garbage behind the map (BigTreeTech Octopus Pro), length that ends early",
    "12 01 00 01 00 00 00 40 83 04 11 df 00 22 00 00 00 01 " CONFIGURATION ALT (
        "00", "04") "09 21 0b ff 00 00 08 1a 01 00 00 00 ",
    "STRING 4 = @Internal Flash  /0x08000000/04*016Kg,01*064Kg,07*128Kg\xe9\xff\n",
    "0483:df11 2200 interface 0, DFU mode, DfuSe\n"
    "functional found: attributes 0b, detach 255 ms, version 011a\n"
    "blocks of 2048, device's 2048\n"
    "alt 0 “Internal Flash”: 12 sectors, 1048576 bytes\n" },
};

static JmpDfuInfo *
read_info (const Row *row, GError **error)
{
  guint8 data[512];
  gsize size = descriptors_from_hex (row->hex, data, sizeof data);

  if (row->script == NULL) {
    g_autoptr (GBytes) bytes = g_bytes_new (data, size);

    return jmp_dfu_info_parse (bytes, error);
  } else {
    g_autoptr (JmpUsb) usb = script_usb_new (row->name, row->script);
    JmpDfuInfo *info;

    script_usb_set_descriptors (usb, data, size);
    info = jmp_dfu_info_read (usb, NULL, error);
    script_usb_assert_finished (usb);
    return info;
  }
}

static void
test_info_reads (void **state)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (JmpDfuInfo) info = read_info (&rows[i], &error);
    g_autofree char *text = NULL;

    if (info == NULL)
      fail_msg ("%s: %s", rows[i].name, error->message);
    text = describe (info);
    if (strcmp (text, rows[i].expected) != 0)
      print_message ("row: %s\n", rows[i].name);
    assert_lines_equal (text, rows[i].expected);
  }
}

static void
test_info_stops_when_there_is_no_sense_in_going_on (void **state)
{
  static const struct {
    Row row;
    int code;
  } gone[] = {
    { { "gone at the first string", F405, "STRING 4 = gone\n", NULL }, JMP_ERROR_DISCONNECTED },
    { { "gone at a later one",
        F405,
        "STRING 4 = a\nSTRING 5 = b\nSTRING 6 = c\nSTRING 7 = d\nSTRING 1 = gone\n",
        NULL },
      JMP_ERROR_DISCONNECTED },
    { { "gone when asked for the functional descriptor",
        DEVICE_ROM CONFIGURATION ALT ("00", "00"),
        "FUNCTIONAL interface = gone\n",
        NULL },
      JMP_ERROR_DISCONNECTED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (gone); i++) {
    g_autoptr (GError) error = NULL;

    assert_null (read_info (&gone[i].row, &error));
    assert_error (error, JMP_ERROR, gone[i].code, NULL);
  }
}

static void
test_info_can_be_cancelled (void **state)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (JmpUsb) usb = script_usb_new ("cancelled", "");
  g_autoptr (GError) error = NULL;
  guint8 data[256];

  script_usb_set_descriptors (usb, data, descriptors_from_hex (F405, data, sizeof data));
  g_cancellable_cancel (cancellable);
  assert_null (jmp_dfu_info_read (usb, cancellable, &error));
  assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED, NULL);
}

/* A device that answers no string at all: bounded in tries and in time. */
static void
test_info_limits_the_wait_for_strings (void **state)
{
  static const struct {
    const char *name;
    const char *script;
    guint most_ms;
  } silent[] = {
    { "stalls", "forever STRING 4 = stall\n", 20 * 20 },
    { "does not answer", "forever STRING 4 = timeout\n", 7000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (silent); i++) {
    g_autoptr (JmpUsb) usb = script_usb_new (silent[i].name, silent[i].script);
    g_autoptr (JmpDfuInfo) info = NULL;
    g_autoptr (GError) error = NULL;
    guint8 data[256];
    gsize size = descriptors_from_hex (
        DEVICE_ROM CONFIGURATION ALT ("00", "04") ALT ("01", "04") FUNCTIONAL, data, sizeof data);

    data[14] = data[15] = data[16] = 4;
    script_usb_set_descriptors (usb, data, size);
    info = jmp_dfu_info_read (usb, NULL, &error);
    assert_no_error (error);
    assert_null (info->serial);
    if (script_usb_elapsed_ms (usb) > silent[i].most_ms)
      fail_msg ("%s: took %u ms", silent[i].name, script_usb_elapsed_ms (usb));
  }
}

static void
test_info_finds_alts (void **state)
{
  g_autoptr (JmpDfuInfo) info = script_info_new (0x0483, 0xDF11, 0x2200);
  g_autoptr (JmpDfuInfo) again = jmp_dfu_info_ref (info);

  assert_int_equal (jmp_dfu_info_find_alt (again, 1)->alt, 1);
  assert_null (jmp_dfu_info_find_alt (again, 2));
}

int
main (void)
{
  const struct CMUnitTest tests[] = {
    cmocka_unit_test (test_info_reads),
    cmocka_unit_test (test_info_stops_when_there_is_no_sense_in_going_on),
    cmocka_unit_test (test_info_can_be_cancelled),
    cmocka_unit_test (test_info_limits_the_wait_for_strings),
    cmocka_unit_test (test_info_finds_alts),
  };

  return cmocka_run_group_tests_name ("core/dfu/info", tests, NULL, NULL);
}
