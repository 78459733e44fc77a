"""Pictures that say all that a picture can of where, when and by whom it was made."""

from __future__ import annotations

import io
import zlib

from PIL import Image, ImageCms, PngImagePlugin

# Stands in all that is not drawn.
SECRET = "Jeanne Secret"
XMP = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF><rdf:Description exif:GPSLatitude="47,28.2N" '
    f'exif:GPSLongitude="0,33.0W"><dc:creator><rdf:Seq><rdf:li>{SECRET}</rdf:li></rdf:Seq>'
    "</dc:creator></rdf:Description></rdf:RDF></x:xmpmeta>"
).encode()
IPTC = b"8BIM\x04\x04\0\0\0\0" + b"\x1c\x02\x50" + len(SECRET).to_bytes(2) + SECRET.encode()
PROFILE = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
TRAILING = f"<html><script>{SECRET}</script>".encode()


def draw(size=(600, 400), mode="RGB"):
    """Return a picture of which each corner is another."""
    parts = (Image.linear_gradient("L"), Image.radial_gradient("L"), Image.linear_gradient("L"))
    turned = (part.rotate(90 * at).resize(size) for at, part in enumerate(parts))
    return Image.merge("RGB", list(turned)).convert(mode)


def make_exif(orientation=1):
    """Return what a camera says, with a place and a name."""
    exif = Image.Exif()
    exif[0x0112], exif[0x013B], exif[0x010F] = orientation, SECRET, SECRET
    exif.get_ifd(0x8825).update({1: "N", 2: (47.0, 28.0, 12.0), 3: "W", 4: (0.0, 33.0, 0.0)})
    return exif.tobytes()


def _save(image, kind, **options):
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def _segment(code, payload):
    return bytes((0xFF, code)) + (len(payload) + 2).to_bytes(2) + payload


def make_jpeg(orientation=1, image=None, **options):
    """Return a photo, with a thumbnail, remarks, and another photo after its end."""
    image = image or draw()
    thumbnail = _save(image.resize((60, 40)), "JPEG", comment=SECRET)
    data = _save(
        image,
        "JPEG",
        exif=make_exif(orientation),
        xmp=XMP,
        icc_profile=PROFILE,
        comment=SECRET,
        **options,
    )
    more = _segment(0xED, b"Photoshop 3.0\0" + IPTC) + _segment(0xE0, b"JFXX\0\x10" + thumbnail)
    more += _segment(0xE2, b"MPF\0" + SECRET.encode()) + _segment(0xEF, SECRET.encode())
    return data[:2] + more + data[2:] + thumbnail + TRAILING


def make_png(orientation=1, image=None, **options):
    """Return a picture with texts, packed or not, before and after its pixels."""
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET)
    texts.add_text("Comment", SECRET, zip=True)
    texts.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    data = _save(
        image or draw(),
        "PNG",
        pnginfo=texts,
        exif=make_exif(orientation),
        icc_profile=PROFILE,
        **options,
    )
    more = b"".join(
        len(content).to_bytes(4) + name + content + zlib.crc32(name + content).to_bytes(4)
        for name, content in (
            (b"tIME", bytes(7)),
            (b"tEXt", f"Copyright\0{SECRET}".encode()),
            (b"prVt", SECRET.encode()),
        )
    )
    return data[:-12] + more + data[-12:] + TRAILING


def make_webp(orientation=1, image=None, **options):
    """Return a picture in WebP."""
    data = _save(
        image or draw(),
        "WEBP",
        exif=make_exif(orientation),
        xmp=XMP,
        icc_profile=PROFILE,
        **options,
    )
    more = b"JUNK" + len(SECRET + "x").to_bytes(4, "little") + (SECRET + "x").encode()
    body = data[8:] + more
    return b"RIFF" + len(body).to_bytes(4, "little") + body + TRAILING


def make_gif(**options):
    """Return a picture that moves, for ever, with remarks."""
    frames = [draw().rotate(90 * turn) for turn in (1, 2)]
    data = _save(
        draw(),
        "GIF",
        save_all=True,
        append_images=frames,
        duration=99,
        loop=0,
        comment=SECRET,
        **options,
    )
    packet = b"\x21\xff\x0bXMP DataXMP" + bytes([len(SECRET)]) + SECRET.encode() + b"\0"
    return (
        data[:-1]
        + packet
        + b"\x21\xfe"
        + bytes([len(SECRET)])
        + SECRET.encode()
        + b"\0;"
        + TRAILING
    )
