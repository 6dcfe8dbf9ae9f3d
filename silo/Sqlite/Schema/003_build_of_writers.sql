-- Which version of the program opened it.
ALTER TABLE writer ADD COLUMN build TEXT;
